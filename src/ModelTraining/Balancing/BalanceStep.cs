namespace ModelTraining;

/// <summary>Keeps what is to be done about classes of unequal size until the features are prepared: <see cref="Balancing"/> does it.</summary>
internal sealed class BalanceStep(BalanceMethod method) : IRunStep, IHasOptions
{
    public string Name => "Balance";

    public BalanceMethod Method => method;

    public IReadOnlyList<OptionValue> Options => [new OptionValue("Method", method.Name, false), .. method.Options];

    public string? HoldsInMemory => method.ComparesRows ? method.Name : null;

    public IEnumerable<Problem> Validate() => method.Validate();

    public IEnumerable<Problem> Validate(Target target) => target.Task == LearningTask.Regression
        ? [new Problem("MT1930", $"Label '{target.Column}' is a number, and Balance is for classes. Leave Balance out; to have some rows count more, name a column of weights where the data comes from.")]
        : method.Validate(target);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.Balancing.Add(this);
        return ValueTask.CompletedTask;
    }
}
