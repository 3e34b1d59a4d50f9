using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelTraining.Tests.Files;

/// <summary>The pixels of a plain PNG file (8 bits, grey or RGB, not interlaced), by the specification's filters: enough for the pictures beside the golden outputs.</summary>
internal static class PngPixels
{
    public static (byte[] Bytes, int Width, int Height, int Channels) Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var (width, height) = (Number(16), Number(20));
        var channels = file[24] == 8 && file[28] == 0 && (file[25] is 0 or 2) ? file[25] + 1 : throw new NotSupportedException(path);
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length; at += 12 + Number(at))
        {
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) packed.Write(file, at + 8, Number(at));
        }

        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var stride = width * channels;
        var pixels = new byte[height * stride];
        for (var row = 0; row < height; row++)
        {
            var filter = unpacked.ReadByte();
            var line = pixels.AsSpan(row * stride, stride);
            unpacked.ReadExactly(line);
            for (var i = 0; i < stride; i++)
            {
                var left = i < channels ? 0 : line[i - channels];
                var up = row == 0 ? 0 : pixels[((row - 1) * stride) + i];
                var corner = row == 0 || i < channels ? 0 : pixels[((row - 1) * stride) + i - channels];
                line[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Nearest(left, up, corner) });
            }
        }

        return (pixels, width, height, channels);

        int Number(int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
    }

    /// <summary>Paeth's predictor.</summary>
    private static int Nearest(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
