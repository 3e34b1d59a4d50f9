namespace ModelTraining;

/// <summary>Takes the features of an earlier model as they were fitted, and adds trees to those that it has.</summary>
/// <param name="load">Gives the earlier model.</param>
/// <param name="path">Where it comes from; null for a run.</param>
/// <param name="options">The options of the trees that are added.</param>
/// <param name="addsColumns">Whether a stage of someone else's may add columns to those of the source.</param>
/// <param name="before">The name of a step that says how features are made, which FineTune does not; null when there is none.</param>
internal sealed class FineTuneStep(Func<EarlierModel> load, string? path, GradientBoostingOptions options, bool addsColumns, string? before) : IRunStep, IHasOptions
{
    public string Name => "FineTune";

    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public IEnumerable<Problem> Validate()
    {
        if (path is not null && string.IsNullOrWhiteSpace(path)) yield return new Problem("MT1427", "FineTune takes the path of a model that Export wrote. Got nothing.");
        if (before is not null) yield return new Problem("MT1426", $"{before} stands before FineTune, which takes the features of the earlier model as they were fitted. Leave {before} out.");
        foreach (var problem in options.Validate()) yield return problem;
    }

    public IEnumerable<Problem> Validate(Schema schema)
    {
        try
        {
            var earlier = load();
            return [.. earlier.Problems(options.Objective), .. addsColumns ? [] : earlier.MissingColumns(schema)];
        }
        catch (ModelTrainingException exception)
        {
            return exception.Problems;
        }
    }

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var earlier = load();
        var inputs = earlier.Manifest.Inputs.Select(input => input.Name).ToList();
        state.Target = earlier.Encode(state.Target);
        if (addsColumns && earlier.MissingColumns(state.Table.Schema).ToList() is { Count: > 0 } missing) throw new ModelTrainingException(missing);
        state.Table = WithInputs(state, inputs);
        earlier.CheckTypes(state.Table.Schema);
        state.Features = new FittedFeatures([earlier.Features(state.Plan.Threads)], [.. earlier.Manifest.Features.Select(FeatureColumn.Of)], state.Table.Schema);
        var rows = new int[state.Table.RowCount];
        for (var row = 0; row < rows.Length; row++) rows[row] = row;
        state.Data = new TrainingData(state.Features.Apply(RawRows.Of(state, inputs, rows)), state.Target, state.Split.TrainingRows, state.Split.ValidationRows, state.Weights);
        await new TrainStep(new GradientBoostingTrainer(options, earlier.Start())).RunAsync(state, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The table with the columns that a stage has left out, for example because they are all alike in the new data, and that the earlier model takes.</summary>
    private static Table WithInputs(RunState state, List<string> inputs)
    {
        var table = state.Table;
        foreach (var name in inputs)
        {
            if (!table.Schema.TryGet(name, out var column))
            {
                var origins = new int[table.RowCount];
                for (var row = 0; row < origins.Length; row++) origins[row] = table.Origin(row);
                table = table.With(state.Source[name].Take(origins)).WithFormat(name, state.Source.Schema[name].Format);
            }
            else if (column.Role != ColumnRole.Feature)
            {
                table = table.WithRole(name, ColumnRole.Feature);
            }
        }

        return table;
    }
}
