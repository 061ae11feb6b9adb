//! A code as a picture.

use super::Code;
use alloc::string::String;

/// Light modules on every side; scanners need them to find the code (ISO/IEC 18004:2015, 6.3.8).
const QUIET_ZONE: usize = 4;

impl Code {
    /// An SVG document with the quiet zone, black on white whatever the page's colours are: many scanners
    /// do not read light codes on dark ground, and none needs anything else.
    ///
    /// One unit is one module; it has no size of its own and fills the width it is given.
    ///
    /// ```
    /// use privateer::qr::{Code, Level};
    /// let svg = Code::new("https://example.com/", Level::M)?.svg();
    /// assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 33 33\""));
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn svg(&self) -> String {
        let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0");
        for _ in 0..2 {
            svg.push(' ');
            push_number(&mut svg, self.side + 2 * QUIET_ZONE);
        }
        svg.push_str("\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h200v200H0z\"/><path stroke=\"#000\" transform=\"translate(0 .5)\" d=\"");
        self.push_strokes(&mut svg);
        svg.push_str("\"/></svg>");
        svg
    }

    /// One stroke, a module thick, for each run of dark modules in a row.
    fn push_strokes(&self, svg: &mut String) {
        for y in 0..self.side {
            let mut x = 0;
            while x < self.side {
                let length = (x..self.side).take_while(|&column| self.is_dark(column, y)).count();
                if length > 0 {
                    for (mark, number) in [('M', x + QUIET_ZONE), (' ', y + QUIET_ZONE), ('h', length)] {
                        svg.push(mark);
                        push_number(svg, number);
                    }
                }
                x += length + 1;
            }
        }
    }
}

/// Writes a number below 1,000; the general way would bring the formatting machinery.
fn push_number(svg: &mut String, number: usize) {
    for place in [100, 10, 1] {
        if number >= place || place == 1 {
            svg.push((b'0' + (number / place % 10) as u8) as char);
        }
    }
}
