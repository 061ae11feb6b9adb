//! A code as a picture.

use super::Code;
use alloc::{string::String, vec, vec::Vec};

/// Light modules on every side; scanners need them to find the code (ISO/IEC 18004:2015, 6.3.8).
const QUIET_ZONE: usize = 4;

impl Code {
    /// An SVG document with the quiet zone, black on white whatever the page's colours are: many scanners
    /// do not read light codes on dark ground, and none needs anything else.
    ///
    /// One unit is one module; it has no size of its own and fills the width it is given. Where room is kept for a logo, the
    /// document's `data-logo` tells how wide the square in the middle is.
    ///
    /// ```
    /// use privateer::qr::{Code, Level};
    /// let svg = Code::new("https://example.com/", Level::M)?.svg();
    /// assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 33 33\""));
    /// # Ok::<(), privateer::error::Error>(())
    /// ```
    pub fn svg(&self) -> String {
        let mut bytes = self.svg_bytes();
        bytes.retain(|&byte| byte != 0);
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// The same in UTF-8, with at least one byte 0 behind it.
    #[doc(hidden)]
    pub fn svg_bytes(&self) -> Vec<u8> {
        let side = self.side();
        // Half of the modules, at most, begin a stroke, which takes twelve letters, at most.
        let mut svg = Svg { bytes: vec![0; 400 + side * side * 6], length: 0 };
        svg.push(b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0");
        svg.push_number(b' ', side + 2 * QUIET_ZONE);
        svg.push_number(b' ', side + 2 * QUIET_ZONE);
        if self.logo > 0 {
            svg.push(b"\" data-logo=");
            svg.push_number(b'"', self.logo);
        }
        svg.push(b"\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h200v200H0z\"/><path stroke=\"#000\" transform=\"translate(0 .5)\" d=\"");
        for y in 0..side {
            self.push_row(y, &mut svg);
        }
        svg.push(b"\"/></svg>");
        svg.bytes
    }

    /// One stroke, a module thick, for each run of dark modules in a row.
    fn push_row(&self, y: usize, svg: &mut Svg) {
        let mut length = 0;
        // Right of the last module it is light.
        for x in 0..=self.side() {
            if self.is_dark(x, y) {
                length += 1;
            } else if length > 0 {
                svg.push_number(b'M', x - length + QUIET_ZONE);
                svg.push_number(b' ', y + QUIET_ZONE);
                svg.push_number(b'h', length);
                length = 0;
            }
        }
    }
}

/// A text with room for what is to come: it never grows, for what makes it grow takes more bytes than what draws.
struct Svg {
    bytes: Vec<u8>,
    length: usize,
}

impl Svg {
    fn push(&mut self, text: &[u8]) {
        for (place, byte) in self.bytes.iter_mut().skip(self.length).zip(text) {
            *place = *byte;
        }
        self.length += text.len();
    }

    /// A mark and a number below 1,000; the general way would bring the formatting machinery.
    fn push_number(&mut self, mark: u8, number: usize) {
        self.push(&[mark]);
        for place in [100, 10, 1] {
            if number >= place || place == 1 {
                self.push(&[b'0' + (number / place % 10) as u8]);
            }
        }
    }
}
