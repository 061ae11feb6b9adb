//! A message's id in 16 bytes, for remembering millions of them.

/// The id itself when it is a UUID, otherwise 128 bits of FNV-1a (draft-eastlake-fnv, 128-bit parameters).
///
/// UUIDs, which every tracker sends, are therefore told apart exactly; two other ids out of n are confused with
/// probability n²/2^129, never in practice. Letter case of a UUID does not matter.
pub(super) fn fingerprint(id: &str) -> u128 {
    uuid(id.as_bytes()).unwrap_or_else(|| fnv(id.as_bytes()))
}

/// The 32 hexadecimal digits of a text shaped 8-4-4-4-12.
fn uuid(id: &[u8]) -> Option<u128> {
    if id.len() != 36 {
        return None;
    }
    let mut bits = 0;
    for (place, &byte) in id.iter().enumerate() {
        match place {
            8 | 13 | 18 | 23 if byte == b'-' => {}
            8 | 13 | 18 | 23 => return None,
            _ => bits = bits << 4 | u128::from((byte as char).to_digit(16)?),
        }
    }
    Some(bits)
}

fn fnv(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, &byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}
