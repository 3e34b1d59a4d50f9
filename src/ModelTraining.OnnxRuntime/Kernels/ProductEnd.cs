namespace ModelTraining;

/// <summary>What is made of a product's rows while the caches still hold them.</summary>
internal enum ProductEnd
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Their Gelu; its slope, which is all that its gradient needs, is an output beside it.</summary>
    Gelu,

    /// <summary>Their product with a further input, element by element.</summary>
    Factor,
}
