using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The adapter of a layer as PEFT has it.</summary>
/// <param name="Name">The layer.</param>
/// <param name="A">[rank, inputs], or [rank, channels, height, width] of a convolution.</param>
/// <param name="B">[outputs, rank], or [outputs, rank, 1, 1] of a convolution.</param>
/// <param name="Scale">What the product counts.</param>
internal sealed record LoRAModule(string Name, Tensor A, Tensor B, float Scale)
{
    public int Rank => (int)A.Shape[0];

    public long Inputs => A.Count / A.Shape[0];

    public long Outputs => B.Shape[0];

    public static LoRAModule Of(Adapter adapter, Tensor down, Tensor up)
    {
        var (weight, rank) = (adapter.Weight, adapter.Rank);
        var (a, b) = weight.IsConvolution ? (down, up) : (Tensor.Of(Adapter.Turned(down, rank), rank, weight.Inputs), Tensor.Of(Adapter.Turned(up, (int)weight.Outputs), weight.Outputs, rank));
        return new LoRAModule(weight.Modules.First(), a, b, adapter.Scale);
    }

    /// <summary>A as an <see cref="Adapter"/> of the weight has it.</summary>
    public Tensor Down(LayerWeight weight) => weight.IsConvolution ? A : Tensor.Of(Adapter.Turned(A, (int)Inputs), Inputs, Rank);

    /// <summary>B as an <see cref="Adapter"/> of the weight has it.</summary>
    public Tensor Up(LayerWeight weight) => weight.IsConvolution ? B : Tensor.Of(Adapter.Turned(B, Rank), Rank, Outputs);
}
