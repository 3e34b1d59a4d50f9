namespace ModelTraining;

/// <summary>
/// How missing values are treated: <c>MissingValues.Median</c>, <c>MissingValues.Constant(0).WithIndicator()</c>. What is filled in is learned from the training
/// rows, and is part of the exported model.
/// </summary>
public sealed record MissingValues
{
    private MissingValues(MissingMethod method) => Method = method;

    /// <summary>What suits the trainer; see <see cref="MissingMethod.Auto"/>.</summary>
    public static MissingValues Auto { get; } = new(MissingMethod.Auto);

    /// <summary>Training rows that lack the value are not learned from; see <see cref="MissingMethod.Drop"/>.</summary>
    public static MissingValues Drop { get; } = new(MissingMethod.Drop);

    /// <summary>The mean of the training rows, for numbers and dates. As the treatment of all columns: for text and booleans the most frequent value.</summary>
    public static MissingValues Mean { get; } = new(MissingMethod.Mean);

    /// <summary>The median of the training rows, for numbers and dates. As the treatment of all columns: for text and booleans the most frequent value.</summary>
    public static MissingValues Median { get; } = new(MissingMethod.Median);

    /// <summary>The most frequent value of the training rows; of equally frequent ones the smallest, or the first by name.</summary>
    public static MissingValues MostFrequent { get; } = new(MissingMethod.MostFrequent);

    /// <summary>A number, for numbers and booleans (0 or 1). As the treatment of all columns: text and dates are as in <see cref="Auto"/>.</summary>
    public static MissingValues Constant(float value) => new(MissingMethod.Constant) { Number = value };

    /// <summary>A text, for text. As the treatment of all columns: numbers, booleans and dates are as in <see cref="Auto"/>.</summary>
    public static MissingValues Constant(string value) => new(MissingMethod.Constant) { Text = value };

    /// <summary>What is done.</summary>
    public MissingMethod Method { get; }

    /// <summary>The number that is filled in, where <see cref="Method"/> is <see cref="MissingMethod.Constant"/>.</summary>
    public float? Number { get; private init; }

    /// <summary>The text that is filled in, where <see cref="Method"/> is <see cref="MissingMethod.Constant"/>.</summary>
    public string? Text { get; private init; }

    /// <summary>Whether a column <c>name_missing</c> of 0 and 1 says which values were missing. Default false.</summary>
    public bool Indicator { get; private init; }

    /// <summary>The same with a column <c>name_missing</c> of 0 and 1 beside each column that lacks values in training.</summary>
    public MissingValues WithIndicator() => this with { Indicator = true };

    /// <summary>What a column of <paramref name="type"/> gets when this is the treatment of all columns.</summary>
    internal MissingValues For(ColumnType type) => FitsType(type) ? this : (Method, type) switch
    {
        (MissingMethod.Mean or MissingMethod.Median, ColumnType.Text or ColumnType.Boolean) => MostFrequent with { Indicator = Indicator },
        _ => Auto with { Indicator = Indicator },
    };

    /// <summary>Whether the treatment is one that a column of <paramref name="type"/> can get.</summary>
    internal bool FitsType(ColumnType type) => Method switch
    {
        MissingMethod.Mean or MissingMethod.Median => type is ColumnType.Number or ColumnType.Integer or ColumnType.DateTime,
        MissingMethod.MostFrequent => type != ColumnType.Tensor,
        MissingMethod.Constant => Text is null ? type is ColumnType.Number or ColumnType.Integer or ColumnType.Boolean : type == ColumnType.Text,
        _ => true,
    };

    internal IEnumerable<Problem> Validate()
    {
        if (Number is { } number && !float.IsFinite(number)) yield return new Problem("MT1203", $"Missing values cannot be filled with {number}. Choose a finite number.");
        if (Text is { } text && TextFormat.IsMissing(text)) yield return new Problem("MT1203", $"Missing values cannot be filled with '{text}', which stands for a missing value itself. Choose a word.");
    }

    /// <inheritdoc/>
    public override string ToString() => (Method == MissingMethod.Constant ? $"Constant({Text ?? FormattableString.Invariant($"{Number}")})" : Method.ToString()) + (Indicator ? " with indicator" : "");
}
