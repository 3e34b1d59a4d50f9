using System.Numerics;

namespace ModelTraining;

/// <summary>What computes each channel of [images, channels, pixels] by itself: one after the other or, where the channels are the columns of rows, a vector of them at a time.</summary>
internal abstract class ChannelKernel : Kernel
{
    /// <summary>The columns that a part takes.</summary>
    private const int Columns = 64;

    protected int Images { get; private set; }

    protected int Pixels { get; private set; }

    private int Channels { get; set; }

    public override void Part(int part)
    {
        if (Pixels != 1 || Channels < Vector<float>.Count)
        {
            Channel(part);
            return;
        }

        // The last vector overlaps those before where vectors do not divide the columns.
        for (var first = part * Columns; first < Math.Min(Channels, (part + 1) * Columns); first += Vector<float>.Count) Column(Math.Min(first, Channels - Vector<float>.Count));
    }

    /// <summary>Has all channels of a tensor computed.</summary>
    protected void Run(in KernelCall call, in KernelTensor tensor)
    {
        (Images, Channels, Pixels) = ((int)tensor.Shape[0], (int)tensor.Shape[1], (int)tensor.From(2));
        call.ForEach(this, Pixels == 1 && Channels >= Vector<float>.Count ? Parts(Channels, Columns) : Channels);
    }

    /// <summary>Where an image's pixels of a channel are.</summary>
    protected long Place(int image, int channel) => (((long)image * Channels) + channel) * Pixels;

    /// <summary>A channel.</summary>
    protected abstract void Channel(int channel);

    /// <summary>As many channels as a vector has numbers, of one pixel each.</summary>
    /// <param name="first">The first of them.</param>
    protected abstract void Column(int first);
}
