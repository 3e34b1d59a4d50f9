using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>Every trial as a line from setting to setting and to its value, the best ones on top in colour.</summary>
internal static class ParallelCoordinates
{
    private const int MostAxes = 9, MostTicks = 6, MostTrials = 300;
    private const int Width = 960, Height = 340, Left = 70, Right = 70, Top = 34, Bottom = 48;

    public static void Write(Markup html, TuneReport report)
    {
        var parameters = Parameters(report);
        var ranked = report.Leaderboard;
        var best = Math.Max(1, ranked.Count / 10);
        var shownValues = Axis.Over(report.Metric, TrialHistoryChart.Shown(report));
        var absent = parameters.Any(parameter => ranked.Any(trial => !trial.Parameters.ContainsKey(parameter.Name)));
        var rest = report.Space.Parameters.Count > parameters.Count ? $" Shown are the {ReportNumber.Count(parameters.Count)} that matter most of {ReportNumber.Count(report.Space.Parameters.Count)} parameters." : "";
        var description = $"Each line is a complete trial; the best tenth is in colour, the best one thick. At the top of the last scale is the better {report.Metric}.{(absent ? " Below a scale are trials that do not have the parameter." : "")}{rest}";
        html.Add($"""<figure><figcaption>Settings and values</figcaption><svg viewBox="0 0 {Width} {Height}" role="img"><title>Settings and values</title><desc>{description}</desc>""");
        for (var rank = Math.Min(ranked.Count, MostTrials) - 1; rank >= 0; rank--)
        {
            var path = new StringBuilder();
            for (var i = 0; i < parameters.Count; i++)
            {
                var share = ranked[rank].Parameters.TryGetValue(parameters[i].Name, out var value) ? parameters[i].ToShare(value) : double.NaN;
                path.Append(i == 0 ? 'M' : 'L').Append(Number(X(i, parameters.Count))).Append(' ').Append(Number(Y(share)));
            }

            path.Append('L').Append(Number(X(parameters.Count, parameters.Count))).Append(' ').Append(Number(Y(ShareOf(report, shownValues, ranked[rank].Value))));
            html.Add($"""<path class="trial {(rank == 0 ? "first v4" : rank < best ? "v0" : "vn")}" d="{path.ToString()}" fill="none" stroke="currentColor"/>""");
        }

        for (var i = 0; i < parameters.Count; i++) WriteScale(html, i, parameters.Count, parameters[i].Name, Ticks(parameters[i]));
        WriteScale(html, parameters.Count, parameters.Count, report.Metric, [.. shownValues.Ticks.Select(tick => (ShareOf(report, shownValues, tick.Value), tick.Text))]);
        html.Add($"</svg><p>{description}</p></figure>\n");
    }

    /// <summary>Those that matter most, in the order in which they were declared.</summary>
    private static List<Parameter> Parameters(TuneReport report)
    {
        var chosen = report.Importances.Take(MostAxes).Select(importance => importance.Parameter).ToHashSet();
        return [.. report.Space.Parameters.Where((parameter, i) => chosen.Count == 0 ? i < MostAxes : chosen.Contains(parameter.Name))];
    }

    private static List<(double Share, string Text)> Ticks(Parameter parameter)
    {
        var count = Math.Min(parameter.ValueCount, MostTicks);
        var isWhole = count == parameter.ValueCount || parameter.ChoiceCount > 0;
        var values = Enumerable.Range(0, count).Select(i => isWhole ? parameter.ValueAt(i) : parameter.FromShare((double)i / (count - 1)));
        return [.. values.Select(value => (parameter.ToShare(value), isWhole || parameter.ValueCount < int.MaxValue ? parameter.Text(value) : value.ToString("G2", CultureInfo.InvariantCulture)))];
    }

    private static void WriteScale(Markup html, int position, int count, string name, IReadOnlyList<(double Share, string Text)> ticks)
    {
        var left = X(position, count);
        html.Add($"""<path class="axes" d="M{Number(left)} {Top}V{Height - Bottom}" fill="none" stroke="currentColor"/>""");
        html.Add($"""<text class="marked" x="{Number(left)}" y="{(position % 2 == 0 || count < 7 ? 14 : 28)}" text-anchor="middle">{Excerpt.EndOf(name, 18)}</text>""");
        foreach (var (share, text) in ticks) html.Add($"""<text class="tick scale" x="{Number(left + 5)}" y="{Number(Y(share) + 4)}">{Excerpt.Of(text, 14)}</text>""");
    }

    private static double ShareOf(TuneReport report, Axis axis, double value) => report.Direction == MetricDirection.HigherIsBetter ? axis.Position(value) : 1 - axis.Position(value);

    private static double X(int position, int count) => Left + ((double)(Width - Left - Right) * position / count);

    private static double Y(double share) => double.IsNaN(share) ? Height - 16 : Height - Bottom - (share * (Height - Top - Bottom));

    private static string Number(double coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);
}
