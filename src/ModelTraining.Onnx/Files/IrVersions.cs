namespace ModelTraining.Onnx;

/// <summary>The version of the file format that came out with each version of the default operator set (the table in ONNX's Versioning document).</summary>
internal static class IrVersions
{
    /// <summary>The oldest version in which constants need not be inputs too; nothing older is written.</summary>
    public const int Oldest = 4;

    public static int For(int opset) => opset switch
    {
        <= 9 => Oldest,
        10 => 5,
        11 => 6,
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        <= 22 => 10,
        23 => 11,
        24 => 12,
        _ => 13,
    };
}
