using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Operators of our own, which the graph of a step uses where ONNX Runtime has none that does the work in one pass over the data (ADR 0014). They are managed code that
/// ONNX Runtime calls through its C interface, on its own threads: nothing is compiled, loaded or copied for them.
/// </summary>
internal static unsafe class KernelOperators
{
    /// <summary>Types of inputs as the interface numbers them; any number of floats is less than 0.</summary>
    private const int Float = 1, Bytes = 2, Int64 = 7, Floats = -Float;

    private const int Single = 0, Variadic = 2;

    /// <summary>The operators: name, types of inputs and outputs, and what makes the kernel of a node from its attributes.</summary>
    private static readonly (string Name, int[] Inputs, int[] Outputs, Func<nint, Kernel> Create)[] All =
    [
        (TrainingKernels.ReluGradient, [Float, Float], [Float], _ => new ReluGradientKernel()),
        (TrainingKernels.GeluGradient, [Float, Float], [Float], _ => new GeluGradientKernel()),
        (TrainingKernels.SoftmaxGradient, [Float, Float], [Float], _ => new SoftmaxGradientKernel()),
        (TrainingKernels.Attention, [Floats], [Float, Float], info => new AttentionKernel((int)OrtFunctions.Whole(info, "heads\0"u8), OrtFunctions.Number(info, "scale\0"u8), (int)OrtFunctions.Whole(info, "masks\0"u8))),
        (TrainingKernels.AttentionGradient, [Float, Float, Float, Float, Float], [Float, Float, Float], info => new AttentionGradientKernel((int)OrtFunctions.Whole(info, "heads\0"u8), OrtFunctions.Number(info, "scale\0"u8))),
        (TrainingKernels.LayerNormalization, [Float, Float, Float], [Float, Float, Float], info => new LayerNormalizationKernel((int)OrtFunctions.Whole(info, "axis\0"u8), OrtFunctions.Number(info, "epsilon\0"u8))),
        (TrainingKernels.LayerNormalizationGradient, [Float, Float, Float, Float, Float], [Float, Float, Float], _ => new LayerNormalizationGradientKernel()),
        (TrainingKernels.BatchNormalization, [Float, Float, Float], [Float, Float, Float, Float], info => new BatchNormalizationKernel(OrtFunctions.Number(info, "epsilon\0"u8))),
        (TrainingKernels.BatchNormalizationGradient, [Float, Float, Float, Float, Float], [Float, Float, Float], _ => new BatchNormalizationGradientKernel()),
        (TrainingKernels.Convolution, [Float, Float], [Float], info => new ConvolutionKernel(ConvolutionMoves.Of(info))),
        (TrainingKernels.ConvolutionWeightGradient, [Float, Float], [Float], info => new ConvolutionWeightGradientKernel(ConvolutionMoves.Of(info))),
        (TrainingKernels.Product, [Floats], [Float, Bytes], info => new ProductKernel(Is(info, "transB\0"u8), Is(info, "bias\0"u8))),
        (TrainingKernels.ProductGelu, [Floats], [Float, Float, Bytes], info => new ProductKernel(Is(info, "transB\0"u8), Is(info, "bias\0"u8), end: ProductEnd.Gelu)),
        (TrainingKernels.ProductTimes, [Float, Float, Float], [Float, Bytes], info => new ProductKernel(Is(info, "transB\0"u8), end: ProductEnd.Factor)),
        (TrainingKernels.WeightGradient, [Float, Float], [Float, Float, Bytes], info => new WeightGradientKernel(Is(info, "sums\0"u8))),
        (TrainingKernels.Sum, [Floats], [Float], info => new SumKernel((int)OrtFunctions.Whole(info, "terms\0"u8))),
        (TrainingKernels.SumColumns, [Float], [Float], _ => new SumColumnsKernel()),
        (TrainingKernels.Swap, [Float], [Float], _ => new SwapKernel()),
        (TrainingKernels.UpdateWeights, [Floats], [Float], info => new UpdateWeightsKernel((WeightPass)GCHandle.FromIntPtr((nint)OrtFunctions.Whole(info, "pass\0"u8)).Target!)),
        (TrainingKernels.SumRows, [Int64, Float], [Float], info => new SumRowsKernel(OrtFunctions.Wholes(info, "shape\0"u8))),
    ];

    // Made once, of functions and names that do not change; ONNX Runtime keeps a reference as long as a session lives.
    private static readonly nint Domain = Make();

    /// <summary>Makes the operators known to a session.</summary>
    public static void AddTo(SessionOptions options) => OrtFunctions.AddDomain(options, Domain);

    /// <summary>A part of a kernel's work; what goes in is the handle of the kernel. An exception may not pass native code: it is thrown again when all parts are done.</summary>
    [UnmanagedCallersOnly]
    public static void Part(void* kernel, nuint part)
    {
        var self = Of((nint)kernel);
        try
        {
            self.Part((int)part);
        }
        catch (Exception exception)
        {
            self.Failure = exception;
        }
    }

    private static nint Make()
    {
        var domain = OrtFunctions.CreateDomain(Marshal.StringToCoTaskMemUTF8(TrainingKernels.Domain));
        for (var i = 0; i < All.Length; i++)
        {
            var table = (OperatorTable*)NativeMemory.AllocZeroed((nuint)sizeof(OperatorTable));
            *table = new OperatorTable
            {
                Version = OrtFunctions.Version,
                GetName = &Name,
                GetExecutionProviderType = &Provider,
                GetInputType = &InputType,
                GetInputTypeCount = &InputCount,
                GetOutputType = &OutputType,
                GetOutputTypeCount = &OutputCount,
                KernelDestroy = &Destroy,
                GetInputCharacteristic = &InputKind,
                GetOutputCharacteristic = &Usual,
                GetInputMemoryType = &Usual,
                GetVariadicInputMinArity = &One,
                GetVariadicInputHomogeneity = &One,
                CreateKernelV2 = &Create,
                KernelComputeV2 = &Compute,
                Index = i,
                Name = Marshal.StringToCoTaskMemUTF8(All[i].Name),
            };
            OrtFunctions.AddOperator(domain, table);
        }

        return domain;
    }

    private static bool Is(nint info, ReadOnlySpan<byte> attribute) => OrtFunctions.Whole(info, attribute) != 0;

    private static Kernel Of(nint handle) => (Kernel)GCHandle.FromIntPtr(handle).Target!;

    [UnmanagedCallersOnly]
    private static nint Name(OperatorTable* table) => table->Name;

    [UnmanagedCallersOnly]
    private static nint Provider(OperatorTable* table) => 0;

    [UnmanagedCallersOnly]
    private static int InputType(OperatorTable* table, nuint input) => Math.Abs(All[table->Index].Inputs[input]);

    [UnmanagedCallersOnly]
    private static int InputKind(OperatorTable* table, nuint input) => All[table->Index].Inputs[input] < 0 ? Variadic : Single;

    [UnmanagedCallersOnly]
    private static nuint InputCount(OperatorTable* table) => (nuint)All[table->Index].Inputs.Length;

    [UnmanagedCallersOnly]
    private static int OutputType(OperatorTable* table, nuint output) => All[table->Index].Outputs[output];

    [UnmanagedCallersOnly]
    private static nuint OutputCount(OperatorTable* table) => (nuint)All[table->Index].Outputs.Length;

    [UnmanagedCallersOnly]
    private static int Usual(OperatorTable* table, nuint place) => 0;

    [UnmanagedCallersOnly]
    private static int One(OperatorTable* table) => 1;

    [UnmanagedCallersOnly]
    private static nint Create(OperatorTable* table, nint api, nint info, nint* kernel)
    {
        try
        {
            *kernel = GCHandle.ToIntPtr(GCHandle.Alloc(All[table->Index].Create(info)));
            return 0;
        }
        catch (Exception exception)
        {
            return OrtFunctions.Failure(exception.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Compute(nint kernel, nint context)
    {
        try
        {
            Of(kernel).Run(new KernelCall(context, (void*)kernel));
            return 0;
        }
        catch (Exception exception)
        {
            return OrtFunctions.Failure(exception.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void Destroy(nint kernel)
    {
        var handle = GCHandle.FromIntPtr(kernel);
        ((Kernel)handle.Target!).Dispose();
        handle.Free();
    }
}
