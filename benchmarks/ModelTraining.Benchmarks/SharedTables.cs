using System.Runtime.CompilerServices;

namespace ModelTraining.Benchmarks;

/// <summary>Real tables, where they lie beside the repository, in shared/data/tabular.</summary>
internal static class SharedTables
{
    /// <summary>The path that the file has where it is there.</summary>
    public static string PathOf(string file) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "shared", "data", "tabular", file));

    /// <summary>The bytes of adult.csv and the name of its label; where it is not there, a made-up table of as many rows, which is said on the error stream.</summary>
    public static (byte[] Text, string Label) Adult()
    {
        var path = PathOf("adult.csv");
        if (File.Exists(path)) return (File.ReadAllBytes(path), "label(IsOver50K)");
        Console.Error.WriteLine($"There is no {path}: the figures are of a made-up table of 32,561 rows.");
        return (System.Text.Encoding.UTF8.GetBytes(MixedTable.Csv(32_561)), "returns");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
