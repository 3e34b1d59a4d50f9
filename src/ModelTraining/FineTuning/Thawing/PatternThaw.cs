using System.Collections.Immutable;
using System.IO.Enumeration;

namespace ModelTraining;

/// <summary>Weights of the trunk thaw by their names. Those that no step names stay frozen; of several steps that name one, the earliest counts.</summary>
public sealed record PatternThaw : ThawSchedule
{
    /// <summary>What thaws when, for example <c>[new(1, "layer4.*"), new(3, "*")]</c>.</summary>
    public required ImmutableArray<ThawStep> Steps { get; init; }

    /// <summary>The schedule in words.</summary>
    public override string ToString() => Steps.IsDefaultOrEmpty ? "nothing" : string.Join(", ", Steps.Select(step => FormattableString.Invariant($"{step.Pattern} after {step.AfterEpochs}")));

    internal override int? AfterEpochs(string weight, int layersAfter, int layers) =>
        Steps.Where(step => Matches(step, weight)).Select(step => (int?)step.AfterEpochs).Min();

    internal override IEnumerable<Problem> Validate(string entry, int epochs)
    {
        if (Steps.IsDefaultOrEmpty) yield return new Problem("MT1750", $"The PatternThaw of {entry} has no steps. Say what thaws when, for example new ThawStep(1, \"*\").");
        foreach (var step in Steps.IsDefault ? [] : Steps)
        {
            if (step.AfterEpochs < 0 || step.AfterEpochs >= epochs) yield return new Problem("MT1750", $"'AfterEpochs' of the step '{step.Pattern}' of {entry}'s PatternThaw must be in [0, {epochs}), the epochs of the training. Got {step.AfterEpochs}.");
        }
    }

    internal override IEnumerable<Problem> Check(string network, IReadOnlyList<string> weights) =>
        from step in Steps
        where !weights.Any(weight => Matches(step, weight))
        select new Problem("MT1751", $"No weight of {network} is called like '{step.Pattern}' of a ThawStep. {NearestNames.Sentence(step.Pattern, weights)}");

    private static bool Matches(ThawStep step, string weight) => FileSystemName.MatchesSimpleExpression(step.Pattern, weight, ignoreCase: false);
}
