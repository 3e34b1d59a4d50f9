namespace ModelTraining;

/// <summary>
/// Turns a clean table into features: fits what earlier stages planned, then what the trainer needs, each on the training rows alone and each on what the step
/// before it made.
/// </summary>
internal sealed class FeaturePlan(FeatureOptions options)
{
    /// <summary>What is wrong with the options, all of it.</summary>
    public IEnumerable<Problem> Validate() => options.Validate();

    /// <summary>What of the options does not fit the columns.</summary>
    public IEnumerable<Problem> Validate(Schema schema) => options.Validate(schema);

    /// <summary>Fits.</summary>
    /// <param name="table">All rows, as the stages left them.</param>
    /// <param name="trainingRows">The rows that may be learned from.</param>
    /// <param name="target">What is to be predicted, for all rows of <paramref name="table"/>.</param>
    /// <param name="needs">In what form the trainer wants its features.</param>
    /// <param name="stage">What the stages planned and repaired, and the run's seed, threads and warnings.</param>
    /// <param name="weights">How much each row of <paramref name="table"/> counts; empty when all count alike.</param>
    /// <param name="cancellationToken">Ends the fitting between two steps.</param>
    /// <exception cref="ModelTrainingException">MT2211: no feature is left. MT2212: no training row is left. MT2213: a column of tensors. MT2214: an encoding for a column that is not text.</exception>
    public FeatureFit Fit(Table table, ReadOnlyMemory<int> trainingRows, Target target, TrainerNeeds needs, StageContext stage, ReadOnlyMemory<float> weights = default, CancellationToken cancellationToken = default)
    {
        var chain = new FeatureChain(table, trainingRows, target, needs, stage, cancellationToken) { Weights = weights };
        foreach (var planned in stage.Planned) chain.Fit(planned);

        foreach (var column in chain.Columns(ColumnType.Tensor))
        {
            if (!needs.TakesTensors) throw new ModelTrainingException("MT2213", $"Column '{column}' holds tensors, which a trainer on a table of numbers does not take. Train a network, or give the column the role {nameof(ColumnRole.Ignored)}.");
            CheckFinite((TensorColumn)chain.Table[column]);
        }

        foreach (var feature in options.Add) if (feature.Function is null) feature.FitInto(chain, options);

        LeaveOutSentences(chain, stage);
        if (chain.Columns(ColumnType.DateTime) is { Count: > 0 } dates)
        {
            if (options.DateParts) chain.Fit(new DateParts(dates));
            else chain.Add(new WithoutColumns(dates, "dates"));
        }

        Encode(chain, needs);
        if (options.Scaling == FeatureScaling.Standard || (options.Scaling == FeatureScaling.Auto && needs.WantsScaling)) chain.Fit(new StandardScaling(chain.Quantities()));
        return chain.Finish(table.Schema);
    }

    /// <summary>Sentences have no encoding by category. Where their words are features, there is nothing to warn of, and names of rows say nothing beyond their words.</summary>
    private void LeaveOutSentences(FeatureChain chain, StageContext stage)
    {
        var worded = chain.Worded();
        var profiles = chain.Columns(ColumnType.Text).Where(column => !options.EncodingByColumn.ContainsKey(column))
            .Select(column => (Name: column, Profile: TextProfiles.Of((TextColumn)chain.Training.Column(column)))).ToList();
        var gone = profiles.Where(column => column.Profile == TextProfile.Prose || (column.Profile == TextProfile.Keys && worded.Contains(column.Name))).Select(column => column.Name).ToList();
        if (gone.Count == 0) return;
        var unread = gone.Where(column => !worded.Contains(column)).ToList();
        if (unread.Count > 0) stage.Warn($"{Names(unread)} left out: the values are sentences, nearly all different, and have no encoding by category. Add {string.Join(", ", unread.Select(column => $"{nameof(Feature)}.{nameof(Feature.TfIdf)}(\"{column}\")"))} to '{nameof(FeatureOptions.Add)}' of Features to learn from the words, or state an encoding in '{nameof(FeatureOptions.EncodingByColumn)}' if they are categories.");
        chain.Add(new WithoutColumns(gone, "sentences"));
    }

    private void Encode(FeatureChain chain, TrainerNeeds needs)
    {
        foreach (var name in options.EncodingByColumn.Keys)
        {
            if (chain.Table.Schema.TryGet(name, out var column) && column is { Role: ColumnRole.Feature, Type: not ColumnType.Text } && chain.IsRaw(name))
            {
                throw new ModelTrainingException("MT2214", $"Column '{name}' is of type {column.Type}, and only text is encoded by category. Have it read as text, or take it out of '{nameof(FeatureOptions.EncodingByColumn)}'.");
            }
        }

        var ordinalMax = needs.MaxCategories > 0 ? needs.MaxCategories : options.OrdinalMaxCategories;
        var byEncoding = chain.Columns(ColumnType.Text).ToLookup(column => Choose(chain, column, needs));
        Fit(CategoryEncoding.Ordinal, columns => new OrdinalCategories(columns, Math.Max(2, ordinalMax)));
        if (!needs.HandlesMissing) Fill(chain);
        Fit(CategoryEncoding.OneHot, columns => new OneHot(columns, options.OneHotMaxCategories));
        Fit(CategoryEncoding.Target, columns => new TargetEncoding(columns, options.TargetSmoothing, options.TargetFolds));

        void Fit(CategoryEncoding encoding, Func<IReadOnlyList<string>, ITransform> transform)
        {
            if (byEncoding[encoding].ToList() is { Count: > 0 } columns) chain.Fit(transform(columns));
        }
    }

    private CategoryEncoding Choose(FeatureChain chain, string column, TrainerNeeds needs)
    {
        var wanted = options.EncodingByColumn.GetValueOrDefault(column, options.Encoding);
        if (wanted != CategoryEncoding.Auto) return wanted;
        var cardinality = CategoryCounts.ByFrequency((TextColumn)chain.Training.Column(column)).Length;
        var (few, encoding) = needs.MaxCategories > 0 ? (needs.MaxCategories, CategoryEncoding.Ordinal) : (options.OneHotMaxCategories, CategoryEncoding.OneHot);
        return cardinality <= few ? encoding : CategoryEncoding.Target;
    }

    /// <summary>
    /// Every column gets a value to fill in, those that lack none in training too: a row to be predicted may lack any. What is still text becomes numbers that
    /// are never missing.
    /// </summary>
    private static void Fill(FeatureChain chain)
    {
        var (categories, prepared) = (chain.Categories(), chain.Prepared());
        var rules = chain.Table.Schema.WithRole(ColumnRole.Feature).Where(column => column.Type is not (ColumnType.Text or ColumnType.Tensor) && !prepared.Contains(column.Name))
            .Select(column => (column.Name, categories.Contains(column.Name) || column.Type == ColumnType.Boolean ? MissingValues.MostFrequent : MissingValues.Median)).ToList();
        if (rules.Count > 0) chain.Fit(new Imputation(rules));
    }

    /// <summary>No element of a tensor is filled in: there is no telling what would be meant.</summary>
    private static void CheckFinite(TensorColumn column)
    {
        for (var row = 0; row < column.Count; row++)
        {
            var values = column.Row(row);
            for (var i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i])) throw new ModelTrainingException("MT3083", FormattableString.Invariant($"Element {i} of the tensor of row {row + 1} in column '{column.Name}' is {values[i]}. Tensors are not imputed: mend it where it is made, or leave the row out."));
            }
        }
    }

    private static string Names(List<string> columns) => columns.Count == 1 ? $"Column '{columns[0]}' is" : $"Columns {string.Join(", ", columns.Select(column => $"'{column}'"))} are";
}
