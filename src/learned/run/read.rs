//! Numbers out of bytes, lowest byte first.
//!
//! A file ends in eight bytes that nobody needs, so that eight can be read wherever something begins. Beyond the end all is
//! zero, and [`Reader::sound`] says so: asked once for several numbers, that takes half the code of asking for each. Places are
//! told by how many bytes are left from there.

/// What is left of a file.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(pub &'a [u8]);

/// What a file ends in.
pub(crate) const END: usize = 8;

impl<'a> Reader<'a> {
    /// From where so many bytes are left.
    pub(super) fn at(file: &'a [u8], left: usize) -> Reader<'a> {
        Reader(file.get(file.len().wrapping_sub(left)..).unwrap_or_default())
    }

    /// Eight bytes from here, of which so many are meant.
    #[inline(never)]
    pub(super) fn take(&mut self, bytes: usize) -> u64 {
        let found = self.0.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        self.0 = self.0.get(bytes..).unwrap_or_default();
        found
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.take(1) as u8
    }

    pub(super) fn short(&mut self) -> usize {
        usize::from(self.take(2) as u16)
    }

    pub(super) fn long(&mut self) -> usize {
        self.take(4) as u32 as usize
    }

    pub(super) fn single(&mut self) -> f32 {
        f32::from_bits(self.take(4) as u32)
    }

    pub(super) fn double(&mut self) -> f64 {
        f64::from_bits(self.take(8))
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    /// Whether everything so far was there.
    pub(super) fn sound(&self) -> bool {
        self.left() >= END
    }
}
