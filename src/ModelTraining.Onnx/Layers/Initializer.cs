namespace ModelTraining.Onnx;

/// <summary>How the weights of a layer are drawn. Fans are the numbers of elements that one output depends on (in), and that one input acts on (out).</summary>
public enum Initializer
{
    /// <summary>Uniform in ±1/√in: the default of PyTorch's Linear and Conv.</summary>
    FanInUniform,

    /// <summary>Uniform in ±√(6/(in + out)): the default of Keras (Glorot and Bengio, 2010).</summary>
    GlorotUniform,

    /// <summary>Normal with deviation √(2/(in + out)) (Glorot and Bengio, 2010).</summary>
    GlorotNormal,

    /// <summary>Uniform in ±√(6/in), for layers before Relu (He et al., 2015).</summary>
    HeUniform,

    /// <summary>Normal with deviation √(2/in), for layers before Relu (He et al., 2015).</summary>
    HeNormal,
}
