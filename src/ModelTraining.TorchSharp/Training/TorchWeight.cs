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
        TorchTensors.Read(here, values);
    }

    public void Write(ReadOnlySpan<float> values)
    {
        using var given = torch.empty([.. Info.Shape], torch.ScalarType.Float32, torch.CPU);
        TorchTensors.Write(given, values);
        Values.copy_(given);
    }
}
