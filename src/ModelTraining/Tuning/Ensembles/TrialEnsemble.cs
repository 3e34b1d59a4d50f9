using System.Globalization;

namespace ModelTraining;

/// <summary>
/// The best trials together, as one model. The validation part chooses the members, and would flatter what it has chosen; so it is divided into folds, members are chosen on all of them but one, and measured
/// on that one. The best trial alone is chosen and measured in the same way, and the ensemble is gone on with only where it is better. The members that it has then are those that all validation rows choose.
/// </summary>
/// <param name="metric">What is made better.</param>
/// <param name="candidates">The trials that may take part, best first, with their models.</param>
/// <param name="isOver">Whether there is no time left.</param>
internal sealed class TrialEnsemble(IMetric metric, IReadOnlyList<(TrialRecord Trial, TrialRun Run)> candidates, Func<bool> isOver)
{
    private const int Folds = 5, FewestRows = 50;
    private readonly RunState _first = candidates[0].Run.State;
    private int[] _counts = [];

    /// <summary>What came of it.</summary>
    public EnsembleReport Report { get; private set; } = None("Nothing was chosen.");

    /// <summary>What the members warned of.</summary>
    public IEnumerable<string> Warnings => candidates.Where((_, i) => Report.IsUsed && _counts[i] > 0).SelectMany(candidate => candidate.Run.Warnings);

    /// <summary>Chooses and measures.</summary>
    public static TrialEnsemble Of(IMetric metric, IReadOnlyList<(TrialRecord Trial, TrialRun Run)> candidates, Func<bool> isOver)
    {
        var ensemble = new TrialEnsemble(metric, candidates, isOver);
        ensemble.Report = ensemble.Choose();
        return ensemble;
    }

    /// <summary>How many times the metric is computed, in most cases at most.</summary>
    public static int LikelyScores(int candidates) => (Folds + 1) * GreedySelection.MostRounds / 2 * candidates;

    private EnsembleReport Choose()
    {
        if (candidates.Count < 2) return None("There was one model to choose from.");
        if (candidates.Any(candidate => candidate.Run.State.Threshold is not null)) return None("Trials have thresholds of their own, which hold for their own probabilities. Put Threshold behind Tune.");
        var said = candidates.Select(candidate => candidate.Run.Rows).ToList();
        if (said[0].Count < FewestRows) return None($"The validation part has {said[0].Count} rows, and at least {FewestRows} are needed to choose by.");
        if (OutOfFold(said) is not var (ensemble, best) || GreedySelection.Counts(said, Cost, isOver) is not { } counts) return None("The time was over.");
        _counts = counts;
        var all = (double)counts.Sum();
        var members = counts.Select((count, i) => new EnsembleMember(candidates[i].Trial.Number, count / all)).Where(member => member.Share > 0).OrderByDescending(member => member.Share).ToList();
        var (value, alone) = (Score(said[0] with { Outputs = ensemble }), Score(said[0] with { Outputs = best }));
        var isUsed = members.Count > 1 && Cost(value) < Cost(alone);
        var words = string.Create(CultureInfo.InvariantCulture, $"{metric.Key} of {value:G5} on validation rows that did not choose it, {alone:G5} of the best trial alone");
        var reason = members.Count == 1 ? "The best trial alone is better than any mean with another." : isUsed ? $"An ensemble of {members.Count} trials is better: {words}." : $"An ensemble is no better: {words}.";
        return new EnsembleReport { Members = members, Value = value, BestValue = alone, IsUsed = isUsed, Reason = reason };
    }

    /// <summary>The state of the best trial with the ensemble in the place of its model, where it is better.</summary>
    public void Adopt(RunState state)
    {
        if (!Report.IsUsed) return;
        var members = candidates.Where((_, i) => _counts[i] > 0).Select(candidate => candidate.Run.State).ToList();
        var union = FeatureUnion.Of([.. members.Select(member => member.Features)], _first.Table.Schema, i => string.Create(CultureInfo.InvariantCulture, $"model {i + 1}/"));
        var weights = _counts.Where(count => count > 0).Select(count => (double)count).ToList();
        state.Model = new EnsembleModel([.. members.Select(member => member.Model)], union.Features.Features, union.FirstFeatures, weights);
        state.Data = new TrainingData(Features(union, members), _first.Target, _first.Data.TrainingRows, _first.Data.ValidationRows, _first.Weights);
        state.Features = union.Features;
    }

    /// <summary>The features that the members were trained and measured on, side by side as the union has them.</summary>
    private static FeatureSet Features(FeatureUnion union, List<RunState> members)
    {
        var columns = new ReadOnlyMemory<float>[union.Features.Features.Count];
        for (var i = 0; i < members.Count; i++)
        {
            var features = members[i].Data.Features;
            for (var j = 0; j < features.Count; j++) columns[union.FirstFeatures[i] + j] = features.Memory(j);
        }

        return new FeatureSet(union.Features.Features, columns) { Spill = members[0].Data.Features.Spill };
    }

    /// <summary>What those say of each row that were chosen without it: the ensemble, and the best trial alone. Null where the time was over.</summary>
    private (float[] Ensemble, float[] Best)? OutOfFold(List<EvaluatedRows> said)
    {
        var width = said[0].Outputs.Length / said[0].Count;
        var (ensemble, best) = (new float[said[0].Outputs.Length], new float[said[0].Outputs.Length]);
        foreach (var fold in FoldsOfValidation())
        {
            var chooses = said.ConvertAll(rows => rows.Take(fold.Training));
            var judges = said.ConvertAll(rows => rows.Take(fold.Test));
            if (GreedySelection.Counts(chooses, Cost, isOver) is not { } counts) return null;
            var alone = Enumerable.Range(0, said.Count).MinBy(i => Cost(chooses[i]));
            Put(GreedySelection.Mean(judges, counts), fold.Test, ensemble);
            Put(judges[alone].Outputs, fold.Test, best);
        }

        return (ensemble, best);

        void Put(float[] outputs, int[] rows, float[] into)
        {
            for (var i = 0; i < rows.Length; i++) outputs.AsSpan(i * width, width).CopyTo(into.AsSpan(rows[i] * width, width));
        }
    }

    /// <summary>Positions in the validation part, divided as Split divides: whole groups, shares of classes.</summary>
    private IEnumerable<(int[] Training, int[] Test)> FoldsOfValidation()
    {
        var rows = _first.Split.ValidationRows.Span;
        var positions = new Dictionary<int, int>();
        for (var i = 0; i < rows.Length; i++) positions[rows[i]] = i;
        var division = _first.Division with { Verb = "Tune", TimeBy = null, Shuffle = true };
        return [.. new FoldMaker(division, _first.Table, _first.Target).Make(rows, Folds, _first.Random("ensemble")).Select(fold => (At(fold.Training), At(fold.Test)))];

        int[] At(int[] of) => Array.ConvertAll(of, row => positions[row]);
    }

    private double Score(EvaluatedRows rows)
    {
        var measured = metric.Start(_first.Target.Classes.Count);
        measured.Update(rows.Batch());
        return measured.Compute();
    }

    private double Cost(EvaluatedRows rows) => Cost(Score(rows));

    private double Cost(double score) => double.IsNaN(score) ? double.PositiveInfinity : metric.Direction == MetricDirection.LowerIsBetter ? score : -score;

    private static EnsembleReport None(string reason) => new() { Members = [], Value = double.NaN, BestValue = double.NaN, IsUsed = false, Reason = $"No ensemble: {char.ToLowerInvariant(reason[0])}{reason[1..]}" };
}
