using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>How often each class was predicted for rows of each class. Immutable.</summary>
public sealed class ConfusionMatrix
{
    private const int MostClassesInATable = 12;

    private readonly double[,] _counts;

    internal ConfusionMatrix(IReadOnlyList<string> classes, ConfusionCounts counts)
    {
        Classes = classes;
        _counts = new double[classes.Count, classes.Count];
        for (var actual = 0; actual < classes.Count; actual++)
        {
            for (var predicted = 0; predicted < classes.Count; predicted++) _counts[actual, predicted] = counts[actual, predicted];
        }
    }

    /// <summary>The classes' names in the order of their positions.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// The rows of class <paramref name="actual"/> that were predicted to be of class <paramref name="predicted"/>, by position; the sum of their
    /// weights when rows have weights.
    /// </summary>
    public double this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>
    /// The rows of class <paramref name="actual"/> that were predicted to be of class <paramref name="predicted"/>, by name; the sum of their weights
    /// when rows have weights.
    /// </summary>
    /// <exception cref="ModelTrainingException">MT1303: there is no such class; the message has the nearest names.</exception>
    public double this[string actual, string predicted] => _counts[PositionOf(actual), PositionOf(predicted)];

    /// <summary>A table with a row for each true class and a column for each predicted one; of more than 12 classes the most frequent confusions.</summary>
    public override string ToString() => Classes.Count <= MostClassesInATable ? AsTable() : AsList();

    private string AsTable()
    {
        var table = new TextTable("actual \\ predicted", [.. Classes]);
        for (var i = 0; i < Classes.Count; i++)
        {
            var actual = i;
            table.Add(Classes[actual], [.. Classes.Select((_, predicted) => Count(_counts[actual, predicted]))]);
        }

        return table.ToString();
    }

    private string AsList()
    {
        var confusions = new List<(double Count, int Actual, int Predicted)>();
        for (var actual = 0; actual < Classes.Count; actual++)
        {
            for (var predicted = 0; predicted < Classes.Count; predicted++)
            {
                if (actual != predicted && _counts[actual, predicted] > 0) confusions.Add((_counts[actual, predicted], actual, predicted));
            }
        }

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Classes.Count} classes; the most frequent of {confusions.Count} confusions:");
        foreach (var (count, actual, predicted) in confusions.OrderByDescending(confusion => confusion.Count).Take(MostClassesInATable))
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{Classes[actual]} taken for {Classes[predicted]}: {Count(count)}");
        }

        return text.ToString();
    }

    private static string Count(double count) => count.ToString("0.##", CultureInfo.InvariantCulture);

    private int PositionOf(string name)
    {
        for (var i = 0; i < Classes.Count; i++) if (Classes[i] == name) return i;
        throw new ModelTrainingException("MT1303", $"There is no class '{name}'. {NearestNames.Sentence(name, Classes)}");
    }
}
