using System.Globalization;

namespace ModelTraining.Torch;

/// <summary>The part of a step that computes: when its lines have run, <c>loss</c> is there, and <c>given</c>, a gradient or None for each of l.</summary>
/// <param name="Functions">The functions that the lines call.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Output">The expression of an output of the graph, after the lines.</param>
/// <param name="IsScaled">Whether the gradients are those of the loss times the loss scale.</param>
internal sealed record BackwardScript(string Functions, string Lines, Func<string, string> Output, bool IsScaled)
{
    /// <summary>All at once: libtorch keeps what the gradients need until they are there.</summary>
    /// <param name="writer">The graph, not yet written.</param>
    /// <param name="loss">The output that is the loss.</param>
    public static BackwardScript Whole(ScriptWriter writer, string loss)
    {
        var scaled = IsScaledIn(writer.Form);
        var lines = string.Create(CultureInfo.InvariantCulture, $"""
            {writer.Write()}    loss = {writer.Output(loss)}.to(6).reshape(e)
                given = torch.autograd.grad([{Seed("loss", scaled)}], l, None, None, False, True)

            """);
        return new BackwardScript("", lines, writer.Output, scaled);
    }

    /// <summary>What gradients are taken of.</summary>
    public static string Seed(string loss, bool scaled) => scaled ? string.Create(CultureInfo.InvariantCulture, $"{loss} * k[{StepSlots.LossScale}]") : loss;

    /// <summary>Whether gradients may leave the range of the numbers that products are made of.</summary>
    public static bool IsScaledIn(ScriptForm form) => form.Precision == Precision.Float16;
}
