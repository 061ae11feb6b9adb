export function prepare() {}
export async function render() {}
