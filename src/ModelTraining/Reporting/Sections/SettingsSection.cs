using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>What was asked for, how long it took, and what one needs to do it again.</summary>
internal static class SettingsSection
{
    public static void Write(Markup html, PipelineRun run)
    {
        var total = run.Timings.Sum(timing => timing.Duration.TotalSeconds);
        html.Add($"""
            <section><h2>What was asked for, and how long it took</h2>
            <div class="wide"><table><thead><tr><th>stage</th><th>asked for in</th><th>what was said</th><th class="n">time</th><th class="n">share</th></tr></thead><tbody>
            """);
        foreach (var (planned, timing) in run.Plan.Steps.Zip(run.Timings))
        {
            html.Add($"""<tr><th scope="row">{Excerpt.Of(planned.Step.Name)}</th><td>{(planned.File.Length == 0 ? ReportNumber.None : $"{planned.File}:{ReportNumber.Plain(planned.Line)}")}</td><td>""");
            WriteOptions(html, planned.Step, run);
            var share = total > 0 ? timing.Duration.TotalSeconds / total : 0;
            html.Add($"""</td><td class="n">{ReportNumber.Time(timing.Duration)}</td><td class="n part" style="--share:{ReportNumber.Width(share)}">{ReportNumber.Share(share)}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
        html.Add($"<p>Seed {run.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)}; at most {ReportNumber.Count(run.Plan.Threads, "thread")}, which do not change the result. Data fingerprint <code>{DataFingerprint.Of(run.Source)}</code>. ModelTraining {LibraryVersion.Text}, {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}.</p></section>\n");
    }

    private static void WriteOptions(Markup html, IRunStep step, PipelineRun run)
    {
        var options = (step as IHasOptions)?.Options ?? [];
        var (own, kept) = (options.Where(option => !option.IsDefault).ToList(), options.Where(option => option.IsDefault).ToList());
        if (step is TrainStep or FineTuneStep && run.ModelOrNull is { } model) html.Add($"{model.Trainer}. ");
        foreach (var option in own) html.Add($"<code>{option.Name}</code> {Excerpt.Of(option.Value, 300)}. ");
        if (kept.Count == 0) return;
        html.Add($"<details><summary>{ReportNumber.Count(kept.Count, "default")}</summary>");
        foreach (var option in kept) html.Add($"<code>{option.Name}</code> {Excerpt.Of(option.Value, 300)}<br/>");
        html.Add($"</details>");
    }
}
