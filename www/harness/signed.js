export const verify = async () => ({ refused: "unsupported", message: "" });
