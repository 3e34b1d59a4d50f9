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

    /// <summary>The bytes of the GPU that the calling thread works with that are taken, by whatever process; null where that is not known.</summary>
    public static long? MemoryUsed()
    {
        var get = (delegate* unmanaged<nuint*, nuint*, int>)Find("cuMemGetInfo_v2");
        nuint free = 0, total = 0;
        return get != null && get(&free, &total) == 0 ? (long)(total - free) : null;
    }

    private static IntPtr Find(string function) =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so.1", typeof(torch).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, function, out var address) ? address : IntPtr.Zero;
}
