package dev.covibe.identity.photos;

/**
 * A square of opaque pixels. Everything is counted by hand on numbers, without AWT's drawing: that would want the system's
 * fonts, which a small container does not have.
 *
 * @param side in pixels
 * @param rgb one number for each pixel, row by row
 */
record Square(int side, int[] rgb) {

    private static final int WHITE = 255;

    /** The pixels of a picture with transparency, laid on white. */
    static Square onWhite(int side, int[] argb) {
        int[] rgb = new int[argb.length];
        for (int i = 0; i < argb.length; i++) {
            int alpha = argb[i] >>> 24;
            rgb[i] = over(argb[i] >> 16, alpha) << 16 | over(argb[i] >> 8, alpha) << 8 | over(argb[i], alpha);
        }
        return new Square(side, rgb);
    }

    private static int over(int colour, int alpha) {
        return ((colour & 0xff) * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
    }

    /**
     * As a camera meant it to be seen.
     *
     * @param orientation 1 to 8, as EXIF counts them: 6 is a phone that was held upright
     */
    Square upright(int orientation) {
        if (orientation <= 1 || orientation > 8) {
            return this;
        }
        int[] turned = new int[rgb.length];
        int last = side - 1;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                turned[y * side + x] = switch (orientation) {
                    case 2 -> at(last - x, y);
                    case 3 -> at(last - x, last - y);
                    case 4 -> at(x, last - y);
                    case 5 -> at(y, x);
                    case 6 -> at(y, last - x);
                    case 7 -> at(last - y, last - x);
                    default -> at(last - y, x);
                };
            }
        }
        return new Square(side, turned);
    }

    private int at(int x, int y) {
        return rgb[y * side + x];
    }

    /** The same in another size; each new pixel is the average of what it covers. */
    Square scaled(int wanted) {
        int[] small = new int[wanted * wanted];
        for (int y = 0; y < wanted; y++) {
            for (int x = 0; x < wanted; x++) {
                small[y * wanted + x] = average(
                        (double) x * side / wanted,
                        (double) y * side / wanted,
                        (double) (x + 1) * side / wanted,
                        (double) (y + 1) * side / wanted);
            }
        }
        return new Square(wanted, small);
    }

    private int average(double left, double top, double right, double bottom) {
        double red = 0;
        double green = 0;
        double blue = 0;
        double area = 0;
        for (int y = (int) top; y < Math.min(side, Math.ceil(bottom)); y++) {
            double height = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x < Math.min(side, Math.ceil(right)); x++) {
                double covered = height * (Math.min(right, x + 1) - Math.max(left, x));
                int pixel = at(x, y);
                red += covered * (pixel >> 16 & 0xff);
                green += covered * (pixel >> 8 & 0xff);
                blue += covered * (pixel & 0xff);
                area += covered;
            }
        }
        return (int) Math.round(red / area) << 16 | (int) Math.round(green / area) << 8 | (int) Math.round(blue / area);
    }
}
