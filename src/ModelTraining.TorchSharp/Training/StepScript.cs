using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ModelTraining.Torch;

/// <summary>The functions of a session as source of TorchScript: a step, the model as it is used, and the search for what is not finite.</summary>
internal static class StepScript
{
    private const string Arguments = "x: List[Tensor], n: List[Tensor], w: List[Tensor], s: List[Tensor], c: List[Tensor], h: Tensor";

    /// <summary>
    /// A step: loss, gradients by libtorch, norm, clipping, update. What the caller waits for is one tensor, [loss, norm], read once between the backward
    /// pass and the update, so that a GPU is waited for once. Gradients are brought to the order of memory of their weights, which updates of all weights at once
    /// go by; and they are never written to, as two weights may have one.
    /// </summary>
    /// <param name="backward">Loss and gradients.</param>
    /// <param name="statistics">The outputs that are statistics of the batch, and how much of the running ones each batch leaves.</param>
    /// <param name="update">The optimizer.</param>
    public static string Step(BackwardScript backward, ImmutableArray<(string Output, float Keep)> statistics, OptimizerScript update)
    {
        var text = Begin($"{Arguments}, g: List[Tensor], a: List[Tensor], t: Tensor{update.Arguments}", backward.Functions);
        text.Append("    l = [o.detach().requires_grad_() for o in w]\n");
        text.Append(backward.Lines);
        text.Append("""
                none: List[Tensor] = []
                d: List[Tensor] = []
                for i in range(len(w)):
                    one = given[i]
                    if one is None:
                        d.append(torch.zeros_like(w[i]))
                    elif one.stride() != w[i].stride():
                        d.append(torch.empty_like(w[i]).copy_(one))
                    else:
                        d.append(one)
                rate, decay, share, average, largest = k[2], k[3], k[4], k[5], k[6]

            """);
        text.Append(CultureInfo.InvariantCulture, $"    factor = {(backward.IsScaled ? $"1.0 / k[{StepSlots.LossScale}]" : "1.0")}\n");
        text.Append("""
                if k[0] != 0.0:
                    torch._foreach_add_(g, d, alpha=share * factor)
                    d = g
                    factor = 1.0
                result = loss.detach().to(7)
                if k[1] != 0.0:
                    result = torch.stack([result, torch.stack(torch._foreach_norm(d)).to(7).square().sum().sqrt() * factor])
                else:
                    result = torch.stack([result, result])
                result = result.cpu()
                value = float(result[0])
                norm = float(result[1])
                if value - value == 0.0:

            """);
        foreach (var (i, (output, keep)) in statistics.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"        s[{i}].mul_({ScriptText.Number(keep)}).add_({backward.Output(output)}.detach(), alpha={ScriptText.Number(1 - (double)keep)})\n");
        }

        text.Append("""
                    pass
                if value - value != 0.0 or norm - norm != 0.0:
                    if k[0] != 0.0:
                        torch._foreach_zero_(g)
                    return result
                if k[1] != 0.0:
                    if largest > 0.0 and norm > largest:
                        factor = factor * (largest / norm)
                    if factor != 1.0:
                        d = torch._foreach_mul(d, factor)

            """);
        text.Append(update.Lines);
        text.Append("""
                    if k[0] != 0.0:
                        torch._foreach_zero_(g)
                return result

            """);
        return text.ToString();
    }

    /// <summary>The loss and the first output of the model as it is used.</summary>
    public static string Use(ScriptWriter writer, string loss, string output)
    {
        var text = Begin(Arguments);
        text.Append("    l = w\n").Append(writer.Write());
        text.Append(CultureInfo.InvariantCulture, $"    return [{writer.Output(loss)}.to(7).reshape(e).cpu(), {writer.Output(output)}.to(6).cpu().contiguous()]\n");
        return text.ToString();
    }

    /// <summary>Whether what each node gives is finite, in the order of <see cref="ScriptWriter.Results"/>.</summary>
    public static string Finite(ScriptWriter writer)
    {
        var text = Begin(Arguments);
        text.Append("    l = w\n").Append(writer.Write());
        text.Append(CultureInfo.InvariantCulture, $"    return torch.stack({ScriptText.Tensors(writer.Results.Select(result => $"torch.isfinite({result.Expression}).all()"))}).cpu()\n");
        return text.ToString();
    }

    private static StringBuilder Begin(string arguments, string functions = "") =>
        new StringBuilder(NoiseScript.Functions).Append(functions).Append(CultureInfo.InvariantCulture, $"def {CompiledScript.Function}({arguments}):\n    {ScriptText.NoNumbers}: List[int] = []\n    k: List[float] = h.tolist()\n");
}
