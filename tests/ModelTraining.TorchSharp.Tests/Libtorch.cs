using ModelTraining.Torch;

namespace ModelTraining.Tests;

/// <summary>Tests that need libtorch are skipped where an application's native package is not installed, and those on CUDA where there is no GPU.</summary>
internal static class Libtorch
{
    public static void Require(Device device)
    {
        if (NativeLibraries.Missing(device) is { } missing) Assert.Ignore(missing);
        if (!DeviceReport.Diagnose().Devices.Contains(device)) Assert.Ignore(DeviceReport.Diagnose().ToString());
    }
}
