using System.Numerics;

namespace ModelTraining;

/// <summary>Turns features, which lie column after column, into rows.</summary>
internal static class Transposition
{
    // What is written stays in the fastest cache until its rows are whole.
    private const int BlockValues = 8 * 1024;

    /// <summary>How many rows of so many features are best turned at a time: a power of 2.</summary>
    public static int Rows(int features) => 1 << BitOperations.Log2((uint)Math.Max(1, BlockValues / Math.Max(1, features)));

    /// <summary>Writes [rows, features].</summary>
    public static void Fill(FeatureSet set, ReadOnlySpan<int> rows, Span<float> values)
    {
        var count = set.Count;
        for (var feature = 0; feature < count; feature++)
        {
            var column = set.Column(feature);
            var at = feature;
            foreach (var row in rows)
            {
                values[at] = column[row];
                at += count;
            }
        }
    }
}
