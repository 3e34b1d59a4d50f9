using System.Globalization;

namespace ModelTraining;

/// <summary>A trained network in words, for the report and the card.</summary>
internal static class NetworkWords
{
    /// <summary>How many weights there are and were trained, and what became of adapters; null for what is no network.</summary>
    public static string? Of(TrainedModel model)
    {
        if ((model is CalibratedModel calibrated ? calibrated.Inner : model) is not NetworkModel network) return null;
        var weights = $"{ReportNumber.Count(network.ParameterCount, "weight")}, {(network.TrainedParameterCount == network.ParameterCount ? "all of them" : ReportNumber.Count(network.TrainedParameterCount))} trained.";
        if (network.WeightRounding is { } rounding)
        {
            weights = string.Create(CultureInfo.InvariantCulture,
                $"{weights} {ReportNumber.Count(rounding.Weights)} of them were trained in 32 bits and rounded to the 16 of the file: outputs before and after differ by at most {ReportNumber.Short(rounding.LargestDifference)} on {ReportNumber.Count(rounding.Rows, "row")}.");
        }

        return network.AdapterMerge is not { } merge ? weights : string.Create(CultureInfo.InvariantCulture,
            $"{weights} {ReportNumber.Count(merge.Adapters, "low-rank adapter")} merged into the network's own weights: outputs before and after differ by at most {ReportNumber.Short(merge.LargestDifference)} on {ReportNumber.Count(merge.Rows, "row")}.");
    }
}
