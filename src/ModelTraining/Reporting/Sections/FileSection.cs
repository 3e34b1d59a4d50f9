using System.Globalization;

namespace ModelTraining;

/// <summary>What was written.</summary>
internal static class FileSection
{
    public static void Write(Markup html, PipelineRun run)
    {
        if (run.Exports.Count == 0) return;
        html.Add($"""
            <section><h2>What was written</h2>
            <div class="wide"><table><thead><tr><th>file</th><th class="n">size</th><th class="n">rows compared with ONNX Runtime</th><th class="n">largest difference</th><th class="n">allowed</th></tr></thead><tbody>
            """);
        foreach (var export in run.Exports)
        {
            html.Add($"""<tr><th scope="row"><code>{export.Path}</code></th><td class="n">{ReportNumber.Bytes(export.Bytes)}</td><td class="n">{ReportNumber.Count(export.Parity.Rows)}</td>""");
            html.Add($"""<td class="n">{Difference(export.Parity.LargestDifference)}</td><td class="n">{Difference(export.Parity.Allowed)}</td></tr>""");
        }

        html.Add($"</tbody></table></div></section>\n");
    }

    private static string Difference(double difference) => difference == 0 ? "0" : difference.ToString("0.0E+0", CultureInfo.InvariantCulture);
}
