namespace ModelTraining;

/// <summary>
/// A feature that is made of columns and added to them, for <see cref="FeatureOptions.Add"/>: fitted on the training part, and part of the exported model. The columns
/// that it is made of stay. They are named as they are in the data; a star stands for any characters (<c>"amount_*"</c>) where several may be named. A feature may be
/// made of those that stand before it. What has no finite value, such as a ratio to zero, is missing. Immutable and safe to use from many threads.
/// </summary>
public sealed class Feature
{
    private const int MostBins = 1_000;
    private const int MostBuckets = 65_536;
    private const int HighestDegree = 6;

    private readonly string _text;
    private readonly IReadOnlyList<string> _columns;
    private readonly ColumnType[] _types;
    private readonly Func<IReadOnlyList<string>, FeatureOptions, ITransform> _make;

    private Feature(string text, IReadOnlyList<string> columns, ColumnType[] types, Func<IReadOnlyList<string>, FeatureOptions, ITransform> make)
    {
        ArgumentNullException.ThrowIfNull(columns);
        (_text, _columns, _types, _make) = ($"{text}({string.Join(", ", columns)})", columns, types, make);
    }

    /// <summary>What makes it wrong, whatever the data; null when nothing does.</summary>
    private string? Wrong { get; init; }

    private bool TakesPatterns { get; init; } = true;

    /// <summary>What computes it outside of the model; null for a feature that is part of the model.</summary>
    internal RowFunction? Function { get; private init; }

    private static ColumnType[] Numbers => [ColumnType.Number, ColumnType.Integer, ColumnType.Boolean];

    /// <summary>
    /// Whatever a function computes of a row, as a column of numbers. No file holds a function: an exported model takes the column as it takes those of the data, with a warning, and whoever calls it
    /// computes it in the same way. <see cref="PipelineRun.CreatePredictor"/> does so by itself. It is computed before all that is part of the model, so that other features may be made of
    /// it, and is filled, scaled and encoded as any column. It must depend on nothing but the row.
    /// </summary>
    /// <param name="name">The name of the column; none that the data has.</param>
    /// <param name="function">Gives the value; not a number where it is missing. Called once a row, one row at a time.</param>
    public static Feature Of(string name, Func<FeatureRow, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Computed(name, ColumnType.Number, row => function(row));
    }

    /// <summary>As the other one, as a column of text: a category, or sentences for <see cref="TfIdf"/>.</summary>
    /// <param name="name">The name of the column; none that the data has.</param>
    /// <param name="function">Gives the value; null where it is missing. Called once a row, one row at a time.</param>
    public static Feature Of(string name, Func<FeatureRow, string?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Computed(name, ColumnType.Text, row => function(row));
    }

    /// <summary>One number divided by another, called <c>numerator/denominator</c>. Missing where the denominator is zero.</summary>
    /// <param name="numerator">A column of numbers.</param>
    /// <param name="denominator">A column of numbers.</param>
    public static Feature Ratio(string numerator, string denominator) =>
        new("Ratio", [numerator, denominator], Numbers, static (columns, _) => Formulas.Of("Ratios", new RatioFormula(columns[0], columns[1]))) { TakesPatterns = false };

    /// <summary>The product of each two columns, called <c>a*b</c>.</summary>
    /// <param name="columns">Two or more columns of numbers.</param>
    public static Feature Interaction(params string[] columns) => new("Interaction", columns, Numbers, static (columns, _) => Formulas.Of("Interactions", ProductFormula.Pairs(columns)));

    /// <summary>
    /// All products of two to <paramref name="degree"/> factors, called <c>x^2</c>, <c>x*y</c>, <c>x^2*y</c>: with the columns themselves what scikit-learn's
    /// PolynomialFeatures makes of them. At most 1,000.
    /// </summary>
    /// <param name="columns">Columns of numbers.</param>
    /// <param name="degree">The most factors, from 2 to 6. Default 2.</param>
    public static Feature Polynomial(IReadOnlyList<string> columns, int degree = 2) =>
        new("Polynomial", columns, Numbers, (columns, _) => Formulas.Of("Polynomials", ProductFormula.All(columns, degree))) { Wrong = OutOf("degree", degree, 2, HighestDegree) };

    /// <summary>The logarithm of 1 + |x| with the sign of x, called <c>log(x)</c>: log1p where numbers are not negative, and defined where they are.</summary>
    /// <param name="columns">Columns of numbers.</param>
    public static Feature Log(params string[] columns) => new("Log", columns, Numbers, static (columns, _) => Formulas.Of("Logarithms", [.. columns.Select(column => new LogFormula(column))]));

    /// <summary>
    /// The Yeo-Johnson transform, which takes numbers of either sign, called <c>yeo_johnson(x)</c> (Yeo and Johnson, "A new family of power transformations to improve
    /// normality or symmetry", 2000). Lambda by maximum likelihood over the training rows, between −5 and 5, as in scikit-learn's PowerTransformer without standardizing.
    /// </summary>
    /// <param name="columns">Columns of numbers.</param>
    public static Feature YeoJohnson(params string[] columns) => new("YeoJohnson", columns, Numbers, static (columns, _) => new Formulas("Yeo-Johnson", YeoJohnsonFormula.Learn(columns)));

    /// <summary>
    /// The Box-Cox transform of positive numbers, called <c>box_cox(x)</c> (Box and Cox, "An analysis of transformations", 1964). Lambda by maximum likelihood over the
    /// training rows, between −5 and 5. A training row that is not positive is an error (MT2243); one to be predicted is missing.
    /// </summary>
    /// <param name="columns">Columns of numbers.</param>
    public static Feature BoxCox(params string[] columns) => new("BoxCox", columns, Numbers, static (columns, _) => new Formulas("Box-Cox", BoxCoxFormula.Learn(columns)));

    /// <summary>
    /// The bin that a number falls into, called <c>bin(x)</c>, from 0; with <paramref name="oneHot"/> a column of 0 and 1 a bin, called <c>bin(x)=[from, to)</c>. Numbers
    /// beyond the training rows' are in the first or last bin. A missing one is missing, or 0 in all columns.
    /// </summary>
    /// <param name="column">A column of numbers, or several by a star.</param>
    /// <param name="bins">The most bins, from 2 to 1,000. There are fewer where edges would be equal, or splits without gain. Default 10.</param>
    /// <param name="strategy">How edges are found. Default <see cref="BinStrategy.Quantile"/>.</param>
    /// <param name="oneHot">Whether each bin becomes a column. Default false.</param>
    public static Feature Bins(string column, int bins = 10, BinStrategy strategy = BinStrategy.Quantile, bool oneHot = false) =>
        new("Bins", [column], Numbers, (columns, _) => new Formulas("Bins", BinFormula.Learn(columns, bins, strategy, oneHot))) { Wrong = OutOf("bins", bins, 2, MostBins) };

    /// <summary>
    /// Sine and cosine of hour, weekday, month and day of the year, called <c>date_hour_sin</c> and so on, so that December is beside January. Parts that are the same in
    /// all training rows are left out.
    /// </summary>
    /// <param name="columns">Columns of dates.</param>
    public static Feature Cyclic(params string[] columns) => new("Cyclic", columns, [ColumnType.DateTime], static (columns, _) => new CyclicDates(columns));

    /// <summary>
    /// The bucket of a text by its hash, called <c>hash(city)</c>: a category for trainers that take as many, otherwise a column of 0 and 1 a bucket that occurs. ONNX has no
    /// operator that hashes, so the model has the buckets of the texts of the training rows in a table; a text that they lack has none, and is missing, or 0 in all columns.
    /// </summary>
    /// <param name="column">A column of text, or several by a star.</param>
    /// <param name="buckets">The number of buckets, from 2 to 65,536. Default 256.</param>
    public static Feature Hash(string column, int buckets = 256) => new("Hash", [column], [ColumnType.Text], (columns, _) => new HashedCategories(columns, buckets)) { Wrong = OutOf("buckets", buckets, 2, MostBuckets) };

    /// <summary>
    /// The smoothed mean of the target over the training rows of the category, called <c>target(city)</c>, beside the column's own encoding: to have it in its place, see
    /// <see cref="FeatureOptions.EncodingByColumn"/>. A training row gets one that its own target had no part in; row weights count. Smoothing and folds are
    /// <see cref="FeatureOptions.TargetSmoothing"/> and <see cref="FeatureOptions.TargetFolds"/>.
    /// </summary>
    /// <param name="columns">Columns of text.</param>
    public static Feature TargetEncoding(params string[] columns) => new("TargetEncoding", columns, [ColumnType.Text], static (columns, options) => new TargetEncoding(columns, options.TargetSmoothing, options.TargetFolds) { Added = true });

    /// <summary>
    /// The words of a text: a column a term, called <c>tfidf(review)=great</c>, how often the term occurs times its inverse document frequency, each row scaled to length 1, as scikit-learn's
    /// TfidfVectorizer does. A row without a known term, or without text, is 0 in all. Neither filled nor scaled; text that is sentences is not encoded besides.
    /// </summary>
    /// <param name="column">A column of text, or several by a star.</param>
    /// <param name="configure">Changes the options, for example <c>o => o with { NGramLength = 2, SublinearTf = true }</c>.</param>
    public static Feature TfIdf(string column, Func<TfIdfOptions, TfIdfOptions>? configure = null)
    {
        var options = new TfIdfOptions();
        options = configure is null ? options : configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        return new("TfIdf", [column], [ColumnType.Text], (columns, _) => new TfIdf(columns, options)) { Wrong = options.Wrong() };
    }

    /// <summary>What is wrong, all of it.</summary>
    internal IEnumerable<Problem> Validate()
    {
        if (_columns.Count == 0 || _columns.Any(string.IsNullOrWhiteSpace)) yield return new Problem("MT1230", $"The feature {_text} needs the names of its columns. Name at least one, and none that is empty.");
        if (Wrong is not null) yield return new Problem("MT1231", $"The feature {_text} {Wrong}");
    }

    /// <summary>The columns that are neither in the data nor, as far as can be told, made by a feature that stands before: what is made has in its name what it is made of.</summary>
    internal IEnumerable<string> MissingFrom(Schema schema, IEnumerable<Feature> before) => Function is not null ? [] : _columns.Where(name => !schema.Contains(name) && !(TakesPatterns && name.Contains('*')))
        .Where(name => !before.Any(feature => feature._columns.Any(column => column.Contains('*') || name.Contains(column))));

    /// <summary>Fits it on what is there.</summary>
    internal void FitInto(FeatureChain chain, FeatureOptions options)
    {
        var columns = new List<string>();
        foreach (var column in _columns)
        {
            if (TakesPatterns && column.Contains('*') && !chain.Table.Schema.Contains(column)) columns.AddRange(chain.Matching(column, _text, _types));
            else if (chain.Has(column, _text, _types)) columns.Add(column);
            else return;
        }

        chain.Fit(Make(columns, options));
    }

    /// <summary>The transform, for the columns as they were said, or for others.</summary>
    internal ITransform Make(params IReadOnlyList<string> columns) => Make(columns.Count > 0 ? columns : _columns, new FeatureOptions());

    private static Feature Computed(string name, ColumnType type, Func<FeatureRow, object?> function) =>
        new("Of", [name], [], static (_, _) => throw new InvalidOperationException("A function is no transform.")) { TakesPatterns = false, Function = new RowFunction(name, type, function) };

    private ITransform Make(IEnumerable<string> columns, FeatureOptions options) => _make([.. columns.Distinct()], options);

    /// <summary>The feature as it was said, for example Ratio(debt, income).</summary>
    public override string ToString() => _text;

    private static string? OutOf(string what, int number, int least, int most) =>
        number >= least && number <= most ? null : FormattableString.Invariant($"takes {what} from {least} to {most}. Got {number}.");
}
