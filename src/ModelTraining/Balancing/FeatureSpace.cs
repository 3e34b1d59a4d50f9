using System.Globalization;

namespace ModelTraining;

/// <summary>
/// The space that distances between rows are measured in. A quantity is divided by its deviation among the training rows that there were to begin with, unless its maker gave it its scale, as
/// TF-IDF does. A nominal feature may be several columns of 0 and 1.
/// </summary>
internal sealed class FeatureSpace
{
    private readonly BalancedRows _rows;
    private readonly List<(int Feature, double Mean, double Scale)> _quantities = [];
    private readonly List<IReadOnlyList<int>> _nominal;

    /// <param name="rows">The rows.</param>
    /// <param name="features">How the features came about.</param>
    /// <param name="method">Who asks, for messages.</param>
    /// <param name="named">The names of more nominal features.</param>
    /// <exception cref="ModelTrainingException">MT2671: a quantity is missing or infinite. MT2675: there is no feature of a name.</exception>
    public FeatureSpace(BalancedRows rows, FittedFeatures features, string method, IReadOnlyList<string>? named = null)
    {
        _rows = rows;
        _nominal = [.. features.Nominal];
        AddNamed(named ?? [], method);
        var nominal = _nominal.SelectMany(group => group).ToHashSet();
        for (var feature = 0; feature < rows.Features.Count; feature++)
        {
            if (nominal.Contains(feature)) continue;
            CheckFinite(feature, method);
            var (mean, deviation) = features.Prepared.Contains(feature) ? (0, 1) : Moments(feature);
            _quantities.Add((feature, mean, deviation > 0 ? deviation : 1));
        }
    }

    /// <summary>The nominal features, each as its columns.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Nominal => _nominal;

    /// <summary>Rows as points, in their order.</summary>
    public PointSet Points(int[] rows)
    {
        var quantities = _quantities.Select(quantity => Array.ConvertAll(rows, row => (float)((_rows.Value(quantity.Feature, row) - quantity.Mean) / quantity.Scale))).ToArray();
        return new PointSet(quantities, [.. _nominal.Select(group => Categories(group, rows))], rows.Length);
    }

    /// <summary>A number for each category that the rows have, told apart column by column; a missing value is one of its own.</summary>
    private float[] Categories(IReadOnlyList<int> group, int[] rows)
    {
        var categories = new int[rows.Length];
        foreach (var feature in group)
        {
            var numbers = new Dictionary<(int, float), int>();
            for (var i = 0; i < rows.Length; i++)
            {
                var key = (categories[i], _rows.Value(feature, rows[i]));
                if (!numbers.TryGetValue(key, out var number)) numbers[key] = number = numbers.Count;
                categories[i] = number;
            }
        }

        return Array.ConvertAll(categories, category => (float)category);
    }

    private void AddNamed(IReadOnlyList<string> named, string method)
    {
        foreach (var name in named)
        {
            var feature = _rows.Features.Select(info => info.Name).ToList().IndexOf(name);
            if (feature < 0) throw new ModelTrainingException("MT2675", $"The 'Nominal' option of {method} names '{name}', which is no feature. {NearestNames.Sentence(name, _rows.Features.Select(info => info.Name))}");
            if (!_nominal.Any(group => group.Contains(feature))) _nominal.Add([feature]);
        }
    }

    private void CheckFinite(int feature, string method)
    {
        var (count, first) = (0, float.NaN);
        foreach (var row in _rows.Rows)
        {
            if (!float.IsFinite(_rows.Value(feature, row)) && count++ == 0) first = _rows.Value(feature, row);
        }

        if (count == 0) return;
        throw new ModelTrainingException("MT2671", string.Create(CultureInfo.InvariantCulture,
            $"Feature '{_rows.Features[feature].Name}' is {(float.IsNaN(first) ? "missing" : "infinite")} in {count} of {_rows.Rows.Length} training rows, and {method} measures distances, which such rows do not have. Have missing values filled, by Clean(o => o with {{ Missing = MissingValues.Median }}), or take ClassWeights, Resample.RandomOver or Resample.RandomUnder, which ask for no distance."));
    }

    private (double Mean, double Deviation) Moments(int feature)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var row in _rows.Given) mean += _rows.Value(feature, row);
        mean /= _rows.Given.Length;
        foreach (var row in _rows.Given) squares += Math.Pow(_rows.Value(feature, row) - mean, 2);
        return (mean, Math.Sqrt(squares / _rows.Given.Length));
    }
}
