using System.Globalization;

namespace ModelTraining;

/// <summary>What a run works by, as trackers keep it.</summary>
internal static class TrackedOptions
{
    public static IReadOnlyDictionary<string, string> Of(PipelinePlan plan, string description)
    {
        var options = new Dictionary<string, string>
        {
            ["Source"] = description,
            ["Stages"] = string.Join(" → ", plan.Steps.Select(planned => planned.Step.Name)),
            ["Seed"] = plan.Seed.ToString(CultureInfo.InvariantCulture),
            ["Threads"] = plan.Threads.ToString(CultureInfo.InvariantCulture),
        };
        var seen = new Dictionary<string, int>();
        foreach (var step in plan.Steps.Select(planned => planned.Step))
        {
            if (step is TrainStep train) options["Trainer"] = train.Trainer.Name;
            if (step is not IHasOptions { Options: { Count: > 0 } own }) continue;
            var number = seen[step.Name] = seen.GetValueOrDefault(step.Name) + 1;
            var prefix = number == 1 ? step.Name : string.Create(CultureInfo.InvariantCulture, $"{step.Name} {number}");
            foreach (var option in own) options[$"{prefix}.{option.Name}"] = option.Value;
        }

        return options;
    }
}
