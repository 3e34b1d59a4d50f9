using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Options of <see cref="Networks.TabularResNet"/>.</summary>
public sealed record TabularResNetOptions : NetworkOptions
{
    /// <summary>The residual blocks. Default 2.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>The width between the blocks. Default 192.</summary>
    public int Width { get; init; } = 192;

    /// <summary>The width within a block. Default 384.</summary>
    public int HiddenWidth { get; init; } = 384;

    /// <summary>The share of the units within a block that a step leaves out, in [0, 1). Default 0.3.</summary>
    public double Dropout { get; init; } = 0.3;

    /// <summary>The width of what each category, and each quantity, becomes. Default 24.</summary>
    public int EmbeddingWidth { get; init; } = 24;

    /// <summary>
    /// The frequencies of sine and cosine that each quantity is looked at with, learned from a normal start (Gorishniy, Rubachev and Babenko, "On Embeddings for Numerical
    /// Features in Tabular Deep Learning", 2022, PLR); 0 takes quantities as they are. Default 48.
    /// </summary>
    public int Frequencies { get; init; } = 48;

    /// <summary>The deviation of the frequencies at the start. Default 0.6.</summary>
    public double FrequencyScale { get; init; } = 0.6;

    internal override IEnumerable<Problem> Validate(string entry)
    {
        foreach (var problem in base.Validate(entry)) yield return problem;
        foreach (var (option, value, least) in new[] { (nameof(Blocks), Blocks, 1), (nameof(Width), Width, 1), (nameof(HiddenWidth), HiddenWidth, 1), (nameof(EmbeddingWidth), EmbeddingWidth, 1), (nameof(Frequencies), Frequencies, 0) })
        {
            if (value < least) yield return new Problem("MT1739", $"The '{option}' option of {entry} must be at least {least}. Got {value}.");
        }

        if (!(Dropout >= 0 && Dropout < 1)) yield return new Problem("MT1740", FormattableString.Invariant($"The 'Dropout' option of {entry} must be in [0, 1). Got {Dropout}."));
        if (!(FrequencyScale > 0 && double.IsFinite(FrequencyScale))) yield return new Problem("MT1744", FormattableString.Invariant($"The 'FrequencyScale' option of {entry} must be greater than 0 and finite. Got {FrequencyScale}."));
    }

    /// <summary>Gorishniy et al., "Revisiting Deep Learning Models for Tabular Data", 2021: blocks of normalisation, dense, ReLU, dropout, dense, each added to what goes in.</summary>
    internal Value Build(NetworkInput input)
    {
        var value = Embedded(input).Dense(Width, input.Random, name: "first");
        for (var block = 1; block <= Blocks; block++)
        {
            var name = $"block{block}";
            value = value.Residual(branch => Dropped(branch.BatchNorm(name: $"{name}.norm").Dense(HiddenWidth, input.Random, name: $"{name}.up").Relu()).Dense(Width, input.Random, name: $"{name}.down"));
        }

        return value.BatchNorm(name: "last.norm").Relu().Dense(input.Outputs, input.Random, name: "output");
    }

    private Value Dropped(Value value) => Dropout > 0 ? value.Dropout((float)Dropout) : value;

    private Value Embedded(NetworkInput input)
    {
        var parts = new List<Value>();
        int[] quantities = [.. input.Features.Index().Where(feature => feature.Item.Kind == FeatureKind.Numeric).Select(feature => feature.Index)];
        if (quantities.Length > 0) parts.Add(Quantities(Columns(input.Table, quantities), quantities.Length, input.Random));
        foreach (var (position, feature) in input.Features.Index().Where(feature => feature.Item.Kind == FeatureKind.Category))
        {
            // What is missing, or was not seen in training, has a place of its own behind the others.
            var column = Columns(input.Table, [position]).Reshape(-1);
            var known = column.IsNaN().Where((float)feature.Cardinality, column).Max(0f).Min((float)feature.Cardinality).Cast(ElementType.Int64);
            parts.Add(known.Embedding(feature.Cardinality + 1, EmbeddingWidth, input.Random, name: $"embedding.{feature.Name}"));
        }

        return parts.Count == 1 ? parts[0] : Value.Concat(parts, 1);
    }

    private Value Quantities(Value columns, int count, SeededRandom random)
    {
        if (Frequencies == 0) return columns;
        var start = new float[count * Frequencies];
        foreach (ref var frequency in start.AsSpan()) frequency = (float)(random.NextNormal() * FrequencyScale * 2 * Math.PI);
        var waves = columns.Reshape(-1, count, 1) * columns.Graph.Constant(Tensor.Of(start, count, Frequencies), "frequencies.weight");
        var seen = Value.Concat([waves.Sin(), waves.Cos()], 2).Dense(EmbeddingWidth, random, name: "frequencies.dense").Relu();
        return seen.Reshape(-1, count * EmbeddingWidth);
    }

    private static Value Columns(Value table, int[] chosen) =>
        table.Gather(table.Graph.Constant(Tensor.Of([.. chosen.Select(column => (long)column)], chosen.Length)), 1);
}
