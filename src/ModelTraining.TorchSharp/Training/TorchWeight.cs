using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>A tensor of a session on its device.</summary>
/// <param name="Info">Its name and shape.</param>
/// <param name="Values">Its memory.</param>
internal sealed record TorchWeight(SessionTensor Info, torch.Tensor Values)
{
    public void Read(Span<float> values)
    {
        using var here = Values.cpu();
        using var inOrder = here.contiguous();
        inOrder.data<float>().CopyTo(values);
    }

    public void Write(ReadOnlySpan<float> values)
    {
        using var given = torch.tensor(values.ToArray(), Info.Shape.AsSpan());
        Values.copy_(given);
    }
}
