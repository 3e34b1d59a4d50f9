namespace ModelTraining;

/// <summary>Adds columns that are computed from others row by row.</summary>
/// <param name="name">What they are.</param>
/// <param name="learn">Gives the formulas, and may learn their constants from training rows.</param>
internal sealed class Formulas(string name, Func<TableView, FitContext, IReadOnlyList<Formula>> learn) : ITransform
{
    public string Name => name;

    /// <summary>Formulas that learn nothing.</summary>
    public static Formulas Of(string name, params IReadOnlyList<Formula> formulas) => new(name, (_, _) => formulas);

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var names = new ColumnNames(training.Schema);
        return new FittedFormulas(name, [.. learn(training, context).Select(formula => formula with { Name = names.Take(formula.Name) })]);
    }

    /// <summary>Learns one formula a column, columns side by side.</summary>
    public static Func<TableView, FitContext, IReadOnlyList<Formula>> ByColumn(IReadOnlyList<string> columns, Func<string, float[], Formula> learn) => (training, context) =>
    {
        var formulas = new Formula[columns.Count];
        ColumnLoop.Run(formulas.Length, context.Threads, i => formulas[i] = learn(columns[i], training.Numbers(columns[i])));
        return formulas;
    };
}
