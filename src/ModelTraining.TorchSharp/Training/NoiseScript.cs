using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>
/// What dropout drops, drawn where it is used: the bits of <see cref="DropoutNoise.Fill"/>, computed in 64-bit numbers of which the lower 32 bits count. To bring
/// them from the host would take longer than the network does.
/// </summary>
internal static class NoiseScript
{
    /// <summary>The functions, to stand before the others.</summary>
    public const string Functions = """
        def mix(x):
            x = torch.bitwise_and(torch.bitwise_xor(x, torch.bitwise_right_shift(x, 16)) * 2146121005, 4294967295)
            x = torch.bitwise_and(torch.bitwise_xor(x, torch.bitwise_right_shift(x, 15)) * 2221713035, 4294967295)
            return torch.bitwise_xor(x, torch.bitwise_right_shift(x, 16))

        def noise(shape: List[int], count: int, low: float, high: float, below: int, kept: float, like: Tensor):
            at = torch.bitwise_and(torch.arange(count, dtype=4, device=like.device) + int(low), 4294967295)
            return ((mix(torch.bitwise_xor(mix(at), int(high))) < below).to(6) * kept).reshape(shape)


        """;

    /// <summary>The expression of one Dropout's noise.</summary>
    /// <param name="noise">The Dropout.</param>
    /// <param name="shape">The shape of what is dropped from.</param>
    /// <param name="number">Which one, from 0: its keys are in the settings of the step.</param>
    public static string Draw(DropoutNoise noise, long[] shape, int number)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var key = StepSlots.Count + (2 * number);
        return string.Create(CultureInfo.InvariantCulture, $"noise({ScriptText.List(shape)}, {count}, k[{key}], k[{key + 1}], {noise.KeptBelow}, {ScriptText.Number(noise.Kept)}, w[0])");
    }
}
