namespace ModelTraining;

/// <summary>
/// Text, each distinct value held once: a row is a code into <see cref="Categories"/>. A column of a million rows and ten categories costs four
/// bytes a row.
/// </summary>
public sealed class TextColumn : Column
{
    private readonly ReadOnlyMemory<int> _codes;
    private readonly string[] _categories;

    /// <param name="name">The name, unique in its table.</param>
    /// <param name="codes">One code a row: a position in <paramref name="categories"/>, or <see cref="MissingCode"/>. Kept, not copied.</param>
    /// <param name="categories">The distinct values, none null; not every one needs to occur. Kept, not copied.</param>
    public TextColumn(string name, ReadOnlyMemory<int> codes, string[] categories) : base(name)
    {
        ArgumentNullException.ThrowIfNull(categories);
        foreach (var code in codes.Span)
        {
            if ((uint)(code + 1) > (uint)categories.Length) throw new ArgumentException($"Code {code} is outside the {categories.Length} categories of column '{name}'.", nameof(codes));
        }

        _codes = codes;
        _categories = categories;
    }

    /// <summary>A column of <paramref name="values"/>, null where missing.</summary>
    public static TextColumn From(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var builder = new TextColumnBuilder(values.Count);
        foreach (var value in values) builder.Append(value);
        return builder.Build(name);
    }

    /// <summary>The code of a missing value.</summary>
    public const int MissingCode = -1;

    /// <summary>One code a row: a position in <see cref="Categories"/>, <see cref="MissingCode"/> where missing.</summary>
    public ReadOnlySpan<int> Codes => _codes.Span;

    /// <summary>The distinct values in the order of their codes. After <see cref="Take"/> some may no longer occur.</summary>
    public ReadOnlySpan<string> Categories => _categories;

    /// <summary>The value of <paramref name="row"/>, null when missing.</summary>
    public string? Text(int row) => Codes[row] is var code && code == MissingCode ? null : _categories[code];

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Text;

    /// <inheritdoc/>
    public override int Count => _codes.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Codes[row] == MissingCode;

    /// <inheritdoc/>
    public override object? this[int row] => Text(row);

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new TextColumn(Name, Gather(Codes, rows), _categories);

    /// <inheritdoc/>
    public override Column Rename(string name) => new TextColumn(name, _codes, _categories);

    /// <inheritdoc/>
    public override void CopyTo(Span<float> destination) => throw NotNumeric();

    /// <summary>
    /// The column with each category replaced by what <paramref name="map"/> makes of it; null makes the value missing, equal results become one category.
    /// <paramref name="map"/> is called once a category, not once a row.
    /// </summary>
    public TextColumn Map(Func<string, string?> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var builder = new TextColumnBuilder(0);
        var codeOf = new int[_categories.Length];
        for (var i = 0; i < codeOf.Length; i++) codeOf[i] = builder.CodeOf(map(_categories[i]));
        var codes = new int[Count];
        var source = Codes;
        for (var row = 0; row < codes.Length; row++) codes[row] = source[row] == MissingCode ? MissingCode : codeOf[source[row]];
        return new TextColumn(Name, codes, builder.Categories());
    }

    internal override Column KeptIn(SpillStore store) => store.Keep(_codes, out var kept) ? new TextColumn(Name, kept, _categories) : this;

    private protected override int CountMissing() => Codes.Count(MissingCode);
}
