namespace ModelTraining.Tests.NodeTests;

/// <summary>What of ONNX's node tests can't be done, and why. The test fails where a kernel or gradient of this list is there after all.</summary>
internal static class NodeTestLimits
{
    private const string NoTensor = "A sequence or an optional value is no tensor.";
    private const string BFloat16 = "The test's data are of 16-bit whole numbers for want of bfloat16.";
    private const string NoKernel = "ONNX Runtime has no kernel for this type.";
    private const string Batchwise = "ONNX Runtime has no recurrent kernel with layout 1.";

    /// <summary>Float inputs that no gradient is asked for: settings of Resize and Dropout, weights of classes, running statistics in training, the example of a type.</summary>
    public static readonly string[] NotComputedWith = ["roi", "scales", "ratio", "r", "weight", "w", "mean", "var", "like"];

    /// <summary>Outputs that no gradient comes from: the running statistics of BatchNormalization.</summary>
    public static readonly string[] Fixed = ["output_mean", "output_var"];

    public static readonly Dictionary<string, string> Reading = new()
    {
        ["identity_sequence"] = NoTensor,
        ["identity_opt"] = NoTensor,
        ["if_opt"] = NoTensor,
        ["if_seq"] = NoTensor,
        ["cast_BFLOAT16_to_FLOAT"] = BFloat16,
        ["cast_FLOAT_to_BFLOAT16"] = BFloat16,
        ["castlike_BFLOAT16_to_FLOAT_expanded"] = BFloat16,
        ["castlike_FLOAT_to_BFLOAT16_expanded"] = BFloat16,
    };

    public static readonly Dictionary<string, string> Kernel = new()
    {
        ["max_int16"] = NoKernel,
        ["max_uint16"] = NoKernel,
        ["min_int16"] = NoKernel,
        ["min_uint16"] = NoKernel,
        ["pow_types_float32_uint32"] = NoKernel,
        ["pow_types_float32_uint64"] = NoKernel,
        ["lstm_batchwise"] = Batchwise,
        ["gru_batchwise"] = Batchwise,
        ["simple_rnn_batchwise"] = Batchwise,
    };

    public static readonly Dictionary<string, string> Gradient = new()
    {
        ["lstm_with_peepholes"] = "Peepholes and sequence_lens.",
        ["maxpool_with_argmax_2d_precomputed_strides"] = "storage_order 1.",
        ["range_float_type_positive_delta_expanded"] = "A Loop.",
        ["resize_downsample_scales_cubic_A_n0p5_exclude_outside"] = "exclude_outside.",
        ["resize_downsample_sizes_nearest_tf_half_pixel_for_nn"] = "The coordinates tf_half_pixel_for_nn, of opset 11 alone.",
        ["resize_tf_crop_and_resize"] = "The coordinates tf_crop_and_resize.",
        ["resize_upsample_scales_cubic_A_n0p5_exclude_outside"] = "exclude_outside.",
        ["scatternd_multiply"] = "The reduction mul.",
    };

    /// <summary>Why the outputs are others than the test's; null where they must not be.</summary>
    public static string? Outputs(string name) => name switch
    {
        _ when name.StartsWith("bernoulli", StringComparison.Ordinal) => "Draws at random.",
        "training_dropout" or "training_dropout_default" or "training_dropout_mask" or "training_dropout_default_mask" => "Draws at random.",
        "cast_FLOAT_to_STRING" or "castlike_FLOAT_to_STRING_expanded" => "ONNX Runtime writes numbers with other digits than NumPy.",
        "resize_downsample_scales_linear_align_corners" or "resize_downsample_scales_cubic_align_corners" =>
            "The test takes the corners of a size that is not rounded, ONNX Runtime those of the output.",
        _ => null,
    };

    /// <summary>
    /// The operator set in which the gradient is asked for, in which the operators mean what they mean in the test's. Gradients are written in 11 and later, that of
    /// GatherElements in 16 and later.
    /// </summary>
    public static int Opset(string name) =>
        name.StartsWith("gather_elements", StringComparison.Ordinal) || (name.StartsWith("nllloss", StringComparison.Ordinal) && name.EndsWith("expanded", StringComparison.Ordinal)) ? 16 : 11;
}
