namespace ModelTraining;

/// <summary>The parameters that a caller declared, with the function that makes stages of their values.</summary>
internal sealed class TunedSpace
{
    private readonly Func<Trial, SplitPipeline, TrainedPipeline>? _build;

    private TunedSpace(SearchSpace space, Func<Trial, SplitPipeline, TrainedPipeline>? build, IReadOnlyList<Problem> problems) => (Space, _build, Problems) = (space, build, problems);

    public SearchSpace Space { get; }

    /// <summary>What is wrong with the declaration; told with all other problems of the pipeline.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    public static TunedSpace Declare(Func<SearchSpace, Func<Trial, SplitPipeline, TrainedPipeline>> declare)
    {
        var space = new SearchSpace();
        try
        {
            return new TunedSpace(space, declare(space), []);
        }
        catch (ModelTrainingException exception)
        {
            return new TunedSpace(space, null, exception.Problems);
        }
    }

    /// <summary>The steps of a trial, from the split to the model.</summary>
    public IReadOnlyList<IRunStep> Steps(Trial trial, PipelinePlan plan) =>
        [.. _build!(trial, new SplitPipeline(plan with { Steps = [] })).Plan.Steps.Select(planned => planned.Step)];

    /// <summary>What is wrong with the steps of the first trial, which stand for those of all.</summary>
    public IReadOnlyList<Problem> ProblemsOfFirst(PipelinePlan plan)
    {
        using var study = new Study(Space, o => o with { Sampler = new QuasiRandomSampler() });
        var trial = study.Ask();
        try
        {
            return [.. Steps(trial, plan).SelectMany(step => step.Validate())];
        }
        catch (ModelTrainingException exception)
        {
            return exception.Problems;
        }
        catch (Exception exception)
        {
            return [new Problem("MT1822", $"No stages can be made of the settings of the first trial ({Words(trial.Parameters)}): {exception.Message} Mend the function that Tune was given.")];
        }
    }

    /// <summary>"LearningRate 0.1, Leaves 31".</summary>
    public string Words(IReadOnlyDictionary<string, double> values) =>
        string.Join(", ", Space.Parameters.Where(parameter => values.ContainsKey(parameter.Name)).Select(parameter => $"{parameter.Name} {parameter.Text(values[parameter.Name])}"));
}
