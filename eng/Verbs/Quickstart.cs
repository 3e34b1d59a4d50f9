using Eng.Processes;
using Eng.Solutions;

namespace Eng.Verbs;

internal static class Quickstart
{
    public static async Task<int> RunAsync(Repository repository, string[] arguments, Interruption interruption)
    {
        Buildable buildable = await Buildable.PrepareAsync(repository, interruption);
        return await buildable.RunAsync("samples/Quickstart", arguments, interruption);
    }
}
