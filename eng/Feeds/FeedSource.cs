using System.Net;
using System.Text.Json;

namespace Eng.Feeds;

/// <summary>A V3 feed: its service index names the address under which each package lists its versions.</summary>
internal sealed class FeedSource(string name, Uri serviceIndex, HttpClient http) : PackageSource(name)
{
    private readonly Lock _gate = new();
    private Task<(Uri? Packages, Answer? Trouble)>? _service;

    public override async Task<Answer> AskAsync(WantedPackage package, CancellationToken cancellation)
    {
        (Uri? packages, Answer? trouble) = await OpenAsync(cancellation);
        if (packages is null)
            return trouble!;

        (JsonElement? body, Answer? refusal) = await GetAsync(new Uri(packages, $"{package.Id.ToLowerInvariant()}/index.json"), cancellation);
        if (refusal is not null)
            return refusal;
        return body is { } index && TryGetArray(index, "versions", out JsonElement versions)
            ? Answer.FromVersions(Name, package, from version in versions.EnumerateArray() select version.ToString())
            : new Answer(AnswerKind.Lacks, Name);
    }

    private Task<(Uri? Packages, Answer? Trouble)> OpenAsync(CancellationToken cancellation)
    {
        lock (_gate)
            return _service ??= ReadServiceIndexAsync(cancellation);
    }

    private async Task<(Uri? Packages, Answer? Trouble)> ReadServiceIndexAsync(CancellationToken cancellation)
    {
        (JsonElement? body, Answer? trouble) = await GetAsync(serviceIndex, cancellation);
        if (trouble is not null)
            return (null, trouble);
        if (body is not { } index || !TryGetArray(index, "resources", out JsonElement resources))
            return (null, new Answer(AnswerKind.Silent, Name, "has no service index"));

        foreach (JsonElement resource in resources.EnumerateArray())
        {
            if (Text(resource, "@type")?.StartsWith("PackageBaseAddress/", StringComparison.Ordinal) == true
                && Uri.TryCreate(serviceIndex, Text(resource, "@id")?.TrimEnd('/') + "/", out Uri? address))
            {
                return (address, null);
            }
        }

        return (null, new Answer(AnswerKind.Closed, Name, "lists no packages by address"));
    }

    /// <summary>Neither a body nor trouble means that there is nothing at the address.</summary>
    private async Task<(JsonElement? Body, Answer? Trouble)> GetAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(address, cancellation);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                return default;
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired)
                return (null, new Answer(AnswerKind.Closed, Name, "demands credentials"));
            if (!response.IsSuccessStatusCode)
                return (null, new Answer(AnswerKind.Silent, Name, $"answers with HTTP {(int)response.StatusCode}"));

            using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return (null, new Answer(AnswerKind.Closed, Name, "is not a V3 feed"));
        }
        catch (HttpRequestException)
        {
            return (null, new Answer(AnswerKind.Silent, Name, "does not answer"));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new Answer(AnswerKind.Silent, Name, $"does not answer within {http.Timeout.TotalSeconds:0} s"));
        }
    }

    private static bool TryGetArray(JsonElement element, string name, out JsonElement array)
    {
        array = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out array) && array.ValueKind == JsonValueKind.Array;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
