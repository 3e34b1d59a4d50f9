using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>
/// Has TorchScript run a function as it is written (<c>torch.jit.optimized_execution(False)</c> in Python, which TorchSharp 0.106 has no word for; a setting of
/// the thread). Otherwise its executor differentiates parts of a function by formulas of its own, of which those of products with mixed types are wrong, and
/// takes seconds of the first steps to do so. libtorch's usual autograd does the same once for all.
/// </summary>
internal static unsafe class PlainExecution
{
    private static readonly delegate* unmanaged<byte, void> Set = (delegate* unmanaged<byte, void>)Find("_ZN5torch3jit24setGraphExecutorOptimizeEb", "?setGraphExecutorOptimize@jit@torch@@YAX_N@Z");
    private static readonly delegate* unmanaged<byte> Get = (delegate* unmanaged<byte>)Find("_ZN5torch3jit24getGraphExecutorOptimizeEv", "?getGraphExecutorOptimize@jit@torch@@YA_NXZ");

    /// <summary>Whether libtorch has the setting; it has had it since 1.0.</summary>
    public static bool IsKnown => Set != null && Get != null;

    /// <summary>Invokes a function.</summary>
    public static object Invoke(torch.jit.CompilationUnit unit, string function, object[] arguments)
    {
        if (!IsKnown) return unit.invoke(function, arguments);
        var before = Get();
        Set(0);
        try
        {
            return unit.invoke(function, arguments);
        }
        finally
        {
            Set(before);
        }
    }

    private static IntPtr Find(string name, string onWindows) =>
        NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, OperatingSystem.IsWindows() ? onWindows : name, out var address) ? address : IntPtr.Zero;
}
