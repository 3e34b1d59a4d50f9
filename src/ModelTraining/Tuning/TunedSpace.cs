namespace ModelTraining;

/// <summary>The parameters that a caller declared, with the function that makes stages of their values.</summary>
internal sealed class TunedSpace
{
    private readonly Func<Trial, PipelinePlan, PipelinePlan>? _build;

    private TunedSpace(SearchSpace space, Func<Trial, PipelinePlan, PipelinePlan>? build, bool divides, IReadOnlyList<Problem> problems) => (Space, _build, Divides, Problems) = (space, build, divides, problems);

    public SearchSpace Space { get; }

    /// <summary>Whether the stages begin before the split, and divide the rows.</summary>
    public bool Divides { get; }

    /// <summary>What is wrong with the declaration; told with all other problems of the pipeline.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    public static TunedSpace Declare(Func<SearchSpace, Func<Trial, SplitPipeline, TrainedPipeline>> declare) =>
        Declare(declare, build => (trial, plan) => build(trial, new SplitPipeline(plan)).Plan, divides: false);

    public static TunedSpace Declare(Func<SearchSpace, Func<Trial, DataPipeline, TrainedPipeline>> declare) =>
        Declare(declare, build => (trial, plan) => build(trial, new DataPipeline(plan)).Plan, divides: true);

    /// <summary>The steps of a trial, up to the model.</summary>
    public IReadOnlyList<IRunStep> Steps(Trial trial, PipelinePlan plan) => [.. _build!(trial, plan with { Steps = [] }).Steps.Select(planned => planned.Step)];

    /// <summary>The steps of a trial before the split, with that, and those behind it.</summary>
    public (IReadOnlyList<IRunStep> Before, IReadOnlyList<IRunStep> Behind) StepsAroundSplit(Trial trial, PipelinePlan plan)
    {
        var steps = Steps(trial, plan);
        var split = steps.TakeWhile(step => step is not SplitStep).Count() + 1;
        return ([.. steps.Take(split)], [.. steps.Skip(split)]);
    }

    /// <summary>The trial of the settings that it begins with: those of StartAt, and draws that are always the same.</summary>
    public Trial First()
    {
        using var study = new Study(Space, o => o with { Sampler = new QuasiRandomSampler() });
        return study.Ask();
    }

    /// <summary>What is wrong with the steps of the first trial, which stand for those of all.</summary>
    public IReadOnlyList<Problem> ProblemsOfFirst(PipelinePlan plan)
    {
        var trial = First();
        try
        {
            var steps = Steps(trial, plan);
            if (steps.Any(step => step is ReadStep)) return [new Problem("MT1827", "The function that Tune was given begins another pipeline. Begin with the one that it is passed: (trial, start) => start.Split()...")];
            if (Divides && !steps.Any(step => step is SplitStep)) return [new Problem("MT1827", "The stages that Tune was given have no Split, and trials are judged by rows that it puts aside. Divide the rows by Split.")];
            return [.. steps.SelectMany(step => step.Validate())];
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

    private static TunedSpace Declare<T>(Func<SearchSpace, T> declare, Func<T, Func<Trial, PipelinePlan, PipelinePlan>> build, bool divides)
    {
        var space = new SearchSpace();
        try
        {
            return new TunedSpace(space, build(declare(space)), divides, []);
        }
        catch (ModelTrainingException exception)
        {
            return new TunedSpace(space, null, divides, exception.Problems);
        }
    }
}
