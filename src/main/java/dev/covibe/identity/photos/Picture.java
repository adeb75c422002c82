package dev.covibe.identity.photos;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads what somebody sent as a photo and writes it anew: the middle square, upright, as JPEG. What is written comes from
 * the pixels alone, so nothing of the file survives: no place, no camera, nothing hidden behind the picture.
 */
final class Picture {

    /** Above it nobody needs to go for a face, and a few bytes can claim to be gigapixels. */
    private static final long MOST_PIXELS = 25_000_000;

    private static final int LEAST_SIDE = 16;

    /** Reading leaves out pixels down to this side: enough for every size that is written. */
    private static final int ENOUGH = 512;

    private static final float QUALITY = 0.88f;

    private Picture() {}

    private enum Format {
        PNG,
        JPEG,
        WEBP
    }

    /**
     * @param file PNG, JPEG or WebP, by its content
     * @throws Refusal.Invalid {@code photo.unreadable}, {@code photo.too-large}, {@code photo.too-small}
     */
    static Square read(byte[] file) {
        Format format = format(file);
        ImageReader reader =
                switch (format) {
                    case PNG -> ImageIO.getImageReadersByFormatName("png").next();
                    case JPEG -> ImageIO.getImageReadersByFormatName("jpeg").next();
                    case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
                };
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input, false, true);
            Square square = middle(reader, format);
            return format == Format.JPEG ? square.upright(orientation(file)) : square;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException unreadable) {
            // Readers of pictures fail in many ways on what is broken or made to break them; all mean the same here.
            throw refused("photo.unreadable", "This picture cannot be read. Save it as PNG or JPEG and try again.");
        } finally {
            reader.dispose();
        }
    }

    private static Format format(byte[] file) {
        if (starts(file, 0, "\u0089PNG\r\n\u001a\n")) {
            return Format.PNG;
        }
        if (starts(file, 0, "\u00ff\u00d8\u00ff")) {
            return Format.JPEG;
        }
        if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
            return Format.WEBP;
        }
        throw refused("photo.unreadable", "A photo is a PNG, JPEG or WebP picture.");
    }

    private static boolean starts(byte[] file, int from, String mark) {
        byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
        return file.length >= from + wanted.length
                && Arrays.equals(file, from, from + wanted.length, wanted, 0, wanted.length);
    }

    private static Square middle(ImageReader reader, Format format) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw refused("photo.too-large", "The picture is larger than 25 megapixels. Scale it down first.");
        }
        int side = Math.min(width, height);
        if (side < LEAST_SIDE) {
            throw refused("photo.too-small", "The picture is smaller than " + LEAST_SIDE + " pixels.");
        }
        Rectangle middle = new Rectangle((width - side) / 2, (height - side) / 2, side, side);
        int every = Math.max(1, side / ENOUGH);
        return format == Format.WEBP ? cut(reader.read(0), middle, every) : part(reader, middle, every);
    }

    private static Square part(ImageReader reader, Rectangle middle, int every) throws IOException {
        ImageReadParam part = reader.getDefaultReadParam();
        part.setSourceRegion(middle);
        part.setSourceSubsampling(every, every, 0, 0);
        BufferedImage image = reader.read(0, part);
        int side = Math.min(image.getWidth(), image.getHeight());
        return Square.onWhite(side, image.getRGB(0, 0, side, side, null, 0, side));
    }

    /** The reader of WebP shows another part than it is asked for, so the whole is read and cut here. */
    private static Square cut(BufferedImage image, Rectangle middle, int every) {
        int side = middle.width / every;
        int[] argb = new int[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                argb[y * side + x] = image.getRGB(middle.x + x * every, middle.y + y * every);
            }
        }
        return Square.onWhite(side, argb);
    }

    /** 1 where the camera says nothing, or nothing that can be read. */
    private static int orientation(byte[] jpeg) {
        try {
            Directory exif = JpegMetadataReader.readMetadata(new ByteArrayInputStream(jpeg), List.of(new ExifReader()))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            return Optional.ofNullable(exif)
                    .map(known -> known.getInteger(ExifIFD0Directory.TAG_ORIENTATION))
                    .orElse(1);
        } catch (JpegProcessingException | IOException unreadable) {
            return 1;
        }
    }

    private static Refusal refused(String code, String message) {
        return Refusal.invalid(code, message, new FieldError("/photo", message));
    }

    static byte[] jpeg(Square square) {
        BufferedImage image = new BufferedImage(square.side(), square.side(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, square.side(), square.side(), square.rgb(), 0, square.side());
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
