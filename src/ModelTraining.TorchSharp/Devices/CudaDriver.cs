using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>What NVIDIA's driver says by itself, be there a native package or not.</summary>
internal static unsafe class CudaDriver
{
    private static readonly ConcurrentDictionary<int, nint?> Contexts = [];

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

    /// <summary>The memory of a GPU, whichever the calling thread is at; null where it is not known.</summary>
    public static DeviceMemory? Memory(int gpu)
    {
        var push = (delegate* unmanaged<nint, int>)Find("cuCtxPushCurrent_v2");
        var pop = (delegate* unmanaged<nint*, int>)Find("cuCtxPopCurrent_v2");
        var get = (delegate* unmanaged<nuint*, nuint*, int>)Find("cuMemGetInfo_v2");
        if (push == null || pop == null || get == null || Contexts.GetOrAdd(gpu, ContextOf) is not { } context || push(context) != 0) return null;
        nuint free = 0, total = 0;
        var isKnown = get(&free, &total) == 0;
        _ = pop(&context);
        return isKnown ? new DeviceMemory((long)(total - free), (long)total) : null;
    }

    /// <summary>The context of a GPU that libtorch, too, works in, and that the process keeps from then on.</summary>
    private static nint? ContextOf(int gpu)
    {
        var start = (delegate* unmanaged<uint, int>)Find("cuInit");
        var find = (delegate* unmanaged<int*, int, int>)Find("cuDeviceGet");
        var retain = (delegate* unmanaged<nint*, int, int>)Find("cuDevicePrimaryCtxRetain");
        int device;
        nint context;
        return start != null && find != null && retain != null && start(0) == 0 && find(&device, gpu) == 0 && retain(&context, device) == 0 ? context : null;
    }

    private static IntPtr Find(string function) =>
        NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so.1", typeof(torch).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, function, out var address) ? address : IntPtr.Zero;
}
