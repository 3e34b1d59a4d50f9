namespace ModelTraining.Onnx;

/// <summary>How a branch of a <see cref="TreeEnsemble"/> compares a feature with its threshold.</summary>
public enum TreeTest
{
    /// <summary>feature ≤ threshold.</summary>
    LessOrEqual,

    /// <summary>feature &lt; threshold.</summary>
    Less,

    /// <summary>feature ≥ threshold.</summary>
    GreaterOrEqual,

    /// <summary>feature &gt; threshold.</summary>
    Greater,

    /// <summary>feature = threshold.</summary>
    Equal,

    /// <summary>feature ≠ threshold.</summary>
    NotEqual,
}
