namespace ModelTraining;

/// <summary>Looks at the rows before they are split, and leaves them as they are.</summary>
internal sealed class ProfileStep(ProfileOptions options) : IRunStep, IHasOptions
{
    public string Name => "Profile";

    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public IEnumerable<Problem> Validate() => options.Validate();

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var source = ((ReadStep)state.Plan.Steps[0].Step).Source.Description;
        state.Context.Report(new DataProfiler(options, state.Plan.Threads).Profile(state.Table, source, cancellationToken));
        return ValueTask.CompletedTask;
    }
}
