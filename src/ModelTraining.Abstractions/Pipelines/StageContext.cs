namespace ModelTraining;

/// <summary>What a run gives to a stage. Not thread-safe.</summary>
public sealed class StageContext
{
    private readonly List<ITransform> _planned = [];
    private readonly List<IFittedTransform> _repairs = [];
    private readonly List<object> _reports = [];

    /// <summary>Where all randomness comes from. Default: seed 0.</summary>
    public SeededRandom Random { get; init; } = new(0);

    /// <summary>How many threads to use at most. Default: the processors of the machine.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Takes a warning for the log and the report. Default: nobody listens.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>What is to be fitted on the training part, in the order planned.</summary>
    public IReadOnlyList<ITransform> Planned => _planned;

    /// <summary>The row-wise changes that the exported model makes too, in the order made.</summary>
    public IReadOnlyList<IFittedTransform> Repairs => _repairs;

    /// <summary>What stages have to tell, in the order told.</summary>
    public IReadOnlyList<object> Reports => _reports;

    /// <summary>Hands over what has to learn from rows: it is fitted on the training part once the data is split, wherever the stage stands.</summary>
    public void Plan(ITransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        _planned.Add(transform);
    }

    /// <summary>
    /// Makes a row-wise change that learned nothing from rows, such as one spelling for equal names, and keeps it for the exported model, which has to
    /// make it as well.
    /// </summary>
    /// <returns>The changed table.</returns>
    public Table Repair(Table table, IFittedTransform repair)
    {
        ArgumentNullException.ThrowIfNull(repair);
        _repairs.Add(repair);
        return repair.Apply(table);
    }

    /// <summary>The same up to here, to go on from apart; without the reports, which are told.</summary>
    internal StageContext Fork(Action<string> warn, int threads)
    {
        var random = new SeededRandom(0);
        random.Restore(Random.State);
        var fork = new StageContext { Random = random, Threads = threads, Warn = warn };
        fork._planned.AddRange(_planned);
        fork._repairs.AddRange(_repairs);
        return fork;
    }

    /// <summary>Hands over a report; <c>PipelineRun.Report&lt;T&gt;()</c> gives it back by its type.</summary>
    public void Report(object report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _reports.Add(report);
    }
}
