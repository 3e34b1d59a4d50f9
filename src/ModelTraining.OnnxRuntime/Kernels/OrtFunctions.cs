using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ModelTraining;

/// <summary>The functions of ONNX Runtime's C interface that operators of our own take; the managed binding knows where they are, but has no methods for them.</summary>
internal static unsafe class OrtFunctions
{
    /// <summary>The version of the interface that operators are written for: the first with all functions that they call, and known to all later releases.</summary>
    public const uint Version = 18;

    public static readonly OrtApi* Api = Find();

    private static readonly OrtApi Table = *Api;

    /// <exception cref="OnnxRuntimeException">The status says that a call failed.</exception>
    public static void Check(nint status)
    {
        if (status == 0) return;
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Table.GetErrorMessage)(status));
        ((delegate* unmanaged<nint, void>)Table.ReleaseStatus)(status);
        throw new InvalidOperationException(message);
    }

    public static nint Failure(string message)
    {
        var text = Marshal.StringToCoTaskMemUTF8(message);
        var status = ((delegate* unmanaged<int, nint, nint>)Table.CreateStatus)(1, text);
        Marshal.FreeCoTaskMem(text);
        return status;
    }

    public static nint CreateDomain(nint name)
    {
        nint domain;
        Check(((delegate* unmanaged<nint, nint*, nint>)Table.CreateCustomOpDomain)(name, &domain));
        return domain;
    }

    public static void AddOperator(nint domain, OperatorTable* table) => Check(((delegate* unmanaged<nint, OperatorTable*, nint>)Table.CustomOpDomain_Add)(domain, table));

    public static void AddDomain(SessionOptions options, nint domain) => Check(((delegate* unmanaged<nint, nint, nint>)Table.AddCustomOpDomain)(options.DangerousGetHandle(), domain));

    public static long Whole(nint info, ReadOnlySpan<byte> name)
    {
        long value;
        fixed (byte* text = name) Check(((delegate* unmanaged<nint, byte*, long*, nint>)Table.KernelInfoGetAttribute_int64)(info, text, &value));
        return value;
    }

    public static float Number(nint info, ReadOnlySpan<byte> name)
    {
        float value;
        fixed (byte* text = name) Check(((delegate* unmanaged<nint, byte*, float*, nint>)Table.KernelInfoGetAttribute_float)(info, text, &value));
        return value;
    }

    public static long[] Wholes(nint info, ReadOnlySpan<byte> name)
    {
        nuint count = 0;
        fixed (byte* text = name)
        {
            var get = (delegate* unmanaged<nint, byte*, long*, nuint*, nint>)Table.KernelInfoGetAttributeArray_int64;
            Check(get(info, text, null, &count));
            var values = new long[count];
            fixed (long* memory = values) Check(get(info, text, memory, &count));
            return values;
        }
    }

    public static nint Input(nint context, int index)
    {
        nint value;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)Table.KernelContext_GetInput)(context, (nuint)index, &value));
        return value;
    }

    public static nint Output(nint context, int index, ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* sizes = shape) Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Table.KernelContext_GetOutput)(context, (nuint)index, sizes, (nuint)shape.Length, &value));
        return value;
    }

    public static void* Memory(nint value)
    {
        void* memory;
        Check(((delegate* unmanaged<nint, void**, nint>)Table.GetTensorMutableData)(value, &memory));
        return memory;
    }

    /// <returns>The number of dimensions, whose sizes are in <paramref name="sizes"/>.</returns>
    public static int Shape(nint value, Span<long> sizes)
    {
        nint shape;
        Check(((delegate* unmanaged<nint, nint*, nint>)Table.GetTensorTypeAndShape)(value, &shape));
        nuint rank;
        Check(((delegate* unmanaged<nint, nuint*, nint>)Table.GetDimensionsCount)(shape, &rank));
        fixed (long* memory = sizes) Check(((delegate* unmanaged<nint, long*, nuint, nint>)Table.GetDimensions)(shape, memory, Math.Min(rank, (nuint)sizes.Length)));
        ((delegate* unmanaged<nint, void>)Table.ReleaseTensorTypeAndShapeInfo)(shape);
        return (int)rank;
    }

    /// <summary>Calls <paramref name="part"/> for 0 … <paramref name="count"/> − 1 on the threads of the session.</summary>
    public static void ForEach(nint context, delegate* unmanaged<void*, nuint, void> part, int count, void* data) =>
        Check(((delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, void*, nint>)Table.KernelContext_ParallelFor)(context, part, (nuint)count, (nuint)count, data));

    private static OrtApi* Find()
    {
        var library = NativeLibrary.Load("onnxruntime", typeof(InferenceSession).Assembly, null);
        var bottom = ((delegate* unmanaged<OrtApiBase*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        return ((delegate* unmanaged<uint, OrtApi*>)bottom->GetApi)(Version);
    }
}
