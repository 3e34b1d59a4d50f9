using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>An operator as ONNX Runtime's C interface takes it (OrtCustomOp of version 18), with what the functions in it need to know after it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OperatorTable
{
    public uint Version;
    public nint CreateKernel;
    public delegate* unmanaged<OperatorTable*, nint> GetName;
    public delegate* unmanaged<OperatorTable*, nint> GetExecutionProviderType;
    public delegate* unmanaged<OperatorTable*, nuint, int> GetInputType;
    public delegate* unmanaged<OperatorTable*, nuint> GetInputTypeCount;
    public delegate* unmanaged<OperatorTable*, nuint, int> GetOutputType;
    public delegate* unmanaged<OperatorTable*, nuint> GetOutputTypeCount;
    public nint KernelCompute;
    public delegate* unmanaged<nint, void> KernelDestroy;
    public delegate* unmanaged<OperatorTable*, nuint, int> GetInputCharacteristic;
    public delegate* unmanaged<OperatorTable*, nuint, int> GetOutputCharacteristic;
    public delegate* unmanaged<OperatorTable*, nuint, int> GetInputMemoryType;
    public delegate* unmanaged<OperatorTable*, int> GetVariadicInputMinArity;
    public delegate* unmanaged<OperatorTable*, int> GetVariadicInputHomogeneity;
    public nint GetVariadicOutputMinArity;
    public nint GetVariadicOutputHomogeneity;
    public delegate* unmanaged<OperatorTable*, nint, nint, nint*, nint> CreateKernelV2;
    public delegate* unmanaged<nint, nint, nint> KernelComputeV2;
    public nint InferOutputShape;
    public nint GetStartVersion;
    public nint GetEndVersion;
    public nint GetMayInplace;
    public nint ReleaseMayInplace;
    public nint GetAliasMap;
    public nint ReleaseAliasMap;

    /// <summary>The position among the operators of <see cref="KernelOperators"/>.</summary>
    public int Index;

    /// <summary>The name, as a text in native memory that stays.</summary>
    public nint Name;
}
