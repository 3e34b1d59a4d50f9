namespace ModelTraining;

/// <summary>Keeps what was said of features until the trainer is known.</summary>
internal sealed class FeatureOptionsStep(FeatureOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Features";

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema) => options.Validate(schema);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.FeatureOptions = options;
        return ValueTask.CompletedTask;
    }
}
