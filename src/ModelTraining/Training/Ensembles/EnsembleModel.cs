using System.Diagnostics.CodeAnalysis;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The weighted mean of what several models say: of probabilities, or of predicted numbers. One graph holds all of them. Each takes a run of features of its own, which may be those that another one
/// takes too (<see cref="FeatureUnion"/>).
/// </summary>
public sealed class EnsembleModel : TrainedModel
{
    private readonly int[] _firstFeatures;
    private readonly float[] _weights;

    /// <param name="members">The models, of the same target.</param>
    /// <param name="features">All features, in their order.</param>
    /// <param name="firstFeatures">Of each model the position of its first feature among them.</param>
    /// <param name="weights">How much each model counts; null when all count alike.</param>
    [SetsRequiredMembers]
    internal EnsembleModel(IReadOnlyList<TrainedModel> members, IReadOnlyList<FeatureInfo> features, IReadOnlyList<int> firstFeatures, IReadOnlyList<double>? weights = null)
    {
        var first = members[0];
        if (members.Count != firstFeatures.Count || (weights is not null && weights.Count != members.Count)) throw new ArgumentException("Members, features and weights differ in number.", nameof(members));
        if (members.Any(member => member.Task != first.Task || !member.Classes.SequenceEqual(first.Classes))) throw new ArgumentException("The members predict different things.", nameof(members));
        (Members, _firstFeatures) = (members, [.. firstFeatures]);
        var all = weights?.Sum() ?? members.Count;
        _weights = [.. members.Select((_, i) => (float)((weights?[i] ?? 1) / all))];
        (Features, Task, Classes) = (features, first.Task, first.Classes);
        Trainer = string.Join(" + ", members.GroupBy(member => member.Trainer).Select(group => group.Count() == 1 ? group.Key : $"{group.Key} × {group.Count()}"));
        Status = members.Any(member => member.Status == RunStatus.Cancelled) ? RunStatus.Cancelled : RunStatus.Completed;
        Importances = MeanImportances();
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<TrainedModel> Members { get; }

    /// <summary>How much each of <see cref="Members"/> counts; the weights sum to 1.</summary>
    public IReadOnlyList<float> Weights => _weights;

    /// <inheritdoc/>
    public override int Opset => Members.Max(member => member.Opset);

    /// <summary>One of the models, in the place of all: it takes the features of all.</summary>
    internal EnsembleModel Alone(int member) => new EnsembleModel([Members[member]], Features, [_firstFeatures[member]]);

    /// <summary>The same with other models of the same features in the place of the members.</summary>
    internal EnsembleModel With(Func<TrainedModel, TrainedModel> change) => new([.. Members.Select(change)], Features, _firstFeatures, [.. _weights.Select(weight => (double)weight)]);

    /// <inheritdoc/>
    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        var said = new float[outputs.Length];
        outputs.Clear();
        for (var i = 0; i < Members.Count; i++)
        {
            Members[i].Predict(Of(features, i), rows, said, threads);
            for (var j = 0; j < said.Length; j++) outputs[j] += _weights[i] * said[j];
        }
    }

    /// <inheritdoc/>
    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        Value? sum = null;
        for (var i = 0; i < Members.Count; i++)
        {
            var taken = Members[i].Features.Count == Features.Count ? features : features.Slice(_firstFeatures[i], _firstFeatures[i] + Members[i].Features.Count, 1);
            var weighted = Members[i].Emit(taken) * features.Graph.Constant(_weights[i]);
            sum = sum is null ? weighted : sum + weighted;
        }

        return sum!;
    }

    private FeatureSet Of(FeatureSet features, int member)
    {
        var taken = Members[member].Features;
        return new FeatureSet(taken, [.. Enumerable.Range(_firstFeatures[member], taken.Count).Select(features.Memory)]);
    }

    /// <summary>By what the members call their features: what each of them makes of a column is the same feature of the whole.</summary>
    private List<FeatureImportance> MeanImportances() =>
    [
        .. Members.SelectMany((member, i) => member.Importances.Select(importance => (importance, Weight: _weights[i])))
            .GroupBy(pair => pair.importance.Feature)
            .Select(group => new FeatureImportance(group.Key, group.Sum(pair => pair.Weight * pair.importance.Gain), group.Sum(pair => pair.importance.Splits)))
            .OrderByDescending(importance => importance.Gain),
    ];
}
