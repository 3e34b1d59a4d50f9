using Eng.Processes;
using Eng.Solutions;

namespace Eng.Verbs;

internal static class Format
{
    public static async Task<int> RunAsync(Repository repository, string[] arguments, Interruption interruption)
    {
        Buildable buildable = await Buildable.PrepareAsync(repository, interruption);
        return await Dotnet.RunAsync(["format", buildable.Path, "--no-restore", .. arguments], repository.Root, interruption);
    }
}
