using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The product of numbers, from left to right.</summary>
/// <param name="Factors">The columns, one that is a factor several times named as often, side by side.</param>
internal sealed record ProductFormula(IReadOnlyList<string> Factors) : Formula(NameOf(Factors), Factors)
{
    private const int Most = 1_000;

    /// <summary>Each two of the columns.</summary>
    public static ProductFormula[] Pairs(IReadOnlyList<string> columns)
    {
        if (columns.Count < 2) throw new ModelTrainingException("MT2246", $"An interaction needs two columns or more. Got '{string.Join("', '", columns)}'. Name another.");
        return Limited(columns.Count, Enumerable.Range(0, columns.Count).SelectMany(first => Enumerable.Range(first + 1, columns.Count - first - 1).Select(second => new ProductFormula([columns[first], columns[second]]))));
    }

    /// <summary>All products of two to <paramref name="degree"/> factors, fewer factors first.</summary>
    public static ProductFormula[] All(IReadOnlyList<string> columns, int degree)
    {
        return Limited(columns.Count, Products());

        IEnumerable<ProductFormula> Products()
        {
            for (var count = 2; count <= degree; count++) foreach (var factors in Choices(0, count)) yield return new ProductFormula(factors);
        }

        IEnumerable<string[]> Choices(int from, int count)
        {
            if (count == 0)
            {
                yield return [];
                yield break;
            }

            for (var first = from; first < columns.Count; first++) foreach (var rest in Choices(first, count - 1)) yield return [columns[first], .. rest];
        }
    }

    public override float Of(ReadOnlySpan<float> inputs)
    {
        var product = inputs[0];
        foreach (var input in inputs[1..]) product *= input;
        return product;
    }

    public override Value Emit(IReadOnlyList<Value> inputs) => inputs.Skip(1).Aggregate(inputs[0], static (product, input) => product * input);

    private static ProductFormula[] Limited(int columns, IEnumerable<ProductFormula> products)
    {
        ProductFormula[] made = [.. products.Take(Most + 1)];
        return made.Length <= Most ? made : throw new ModelTrainingException("MT2244", $"Products of {columns} columns are more than {Most} features. Name fewer columns, or a lower degree.");
    }

    private static string NameOf(IReadOnlyList<string> factors) =>
        string.Join("*", factors.CountBy(factor => factor).Select(pair => pair.Value == 1 ? pair.Key : string.Create(CultureInfo.InvariantCulture, $"{pair.Key}^{pair.Value}")));
}
