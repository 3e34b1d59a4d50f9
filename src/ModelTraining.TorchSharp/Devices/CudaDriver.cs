using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>What NVIDIA's driver says by itself, be there a native package or not.</summary>
internal static unsafe class CudaDriver
{
    /// <summary>The newest CUDA that the driver runs, 12080 for 12.8; null where no driver is installed.</summary>
    public static int? Version()
    {
        var get = (delegate* unmanaged<int*, int>)Find("cuDriverGetVersion");
        if (get == null) return null;
        var version = 0;
        return get(&version) == 0 ? version : 0;
    }

    /// <summary>How many GPUs the driver shows to this process; 0 where there is no driver, or it does not start.</summary>
    public static int Gpus()
    {
        var start = (delegate* unmanaged<uint, int>)Find("cuInit");
        var get = (delegate* unmanaged<int*, int>)Find("cuDeviceGetCount");
        var count = 0;
        return start != null && get != null && start(0) == 0 && get(&count) == 0 ? count : 0;
    }

    /// <summary>The bytes of a GPU that are taken, by whatever process; null where that is not known. The driver speaks of the GPU that the calling thread works with, which may be another, or none yet.</summary>
    /// <param name="index">The number of the GPU.</param>
    public static long? MemoryUsed(int index)
    {
        var start = (delegate* unmanaged<uint, int>)Find("cuInit");
        var device = (delegate* unmanaged<int*, int, int>)Find("cuDeviceGet");
        var retain = (delegate* unmanaged<IntPtr*, int, int>)Find("cuDevicePrimaryCtxRetain");
        var release = (delegate* unmanaged<int, int>)Find("cuDevicePrimaryCtxRelease_v2");
        var push = (delegate* unmanaged<IntPtr, int>)Find("cuCtxPushCurrent_v2");
        var pop = (delegate* unmanaged<IntPtr*, int>)Find("cuCtxPopCurrent_v2");
        var get = (delegate* unmanaged<nuint*, nuint*, int>)Find("cuMemGetInfo_v2");
        if (start == null || device == null || retain == null || release == null || push == null || pop == null || get == null) return null;
        var number = 0;
        var context = IntPtr.Zero;
        if (start(0) != 0 || device(&number, index) != 0 || retain(&context, number) != 0) return null;
        nuint free = 0, total = 0;
        var isKnown = push(context) == 0;
        if (isKnown)
        {
            isKnown = get(&free, &total) == 0;
            pop(&context);
        }

        release(number);
        return isKnown ? (long)(total - free) : null;
    }

    private static IntPtr Find(string function) =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so.1", typeof(torch).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, function, out var address) ? address : IntPtr.Zero;
}
